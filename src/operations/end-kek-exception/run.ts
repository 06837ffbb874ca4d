/** Ends a VM's exceptions. What has ended stays ended, so a repeat changes nothing. */
import { noteDown } from '../allow-vm-without-kek/note-down.ts';
import type { PartRunner } from '../part.ts';
import type { End } from './plan.ts';

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
