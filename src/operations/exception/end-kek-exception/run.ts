/** Ends a VM's exceptions. What has ended stays ended, so a repeat changes nothing. */
import { noteDown } from '../../ground/note-down.ts';
import type { PartRunner } from '../../ground/part.ts';
import type { End } from '../../parts/end-kek-exception.ts';

/** Runs `end-kek-exception`. */
export const runEnd: PartRunner<End> = {
  first: 'end',
  stages: {
    end: (run) =>
      noteDown(run, { stage: 'end', target: run.part.vm.id }, async () => {
        await run.kekExceptions.end(run.part.vm);
        return {};
      }),
  },
};
