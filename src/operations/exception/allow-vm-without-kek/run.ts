/** Stores an exception under the ID of its operation, so a repeat changes nothing. */
import { noteDown } from '../../ground/note-down.ts';
import type { PartRunner } from '../../ground/part.ts';
import type { Allow } from '../../parts/allow-vm-without-kek.ts';

/** Runs `allow-vm-without-kek`. */
export const runAllow: PartRunner<Allow> = {
  first: 'allow',
  stages: {
    allow: (run) =>
      noteDown(run, { stage: 'allow', target: run.part.vm.id }, async () => {
        const { vm, guid = null, reason, until } = run.part;
        await run.kekExceptions.allow({ vm, guid, reason, until });
        return { until };
      }),
  },
};
