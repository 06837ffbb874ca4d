/** Ends an entry's standing approval. What has ended stays ended, so a repeat changes nothing. */
import { noteDown } from '../../ground/note-down.ts';
import type { PartRunner } from '../../ground/part.ts';
import type { EndDrills } from '../../parts/end-drills.ts';

/** Runs `end-drills`. */
export const runEndDrills: PartRunner<EndDrills> = {
  first: 'end',
  stages: {
    end: (run) =>
      noteDown(run, { stage: 'end', target: run.part.targetGroup.id }, async () => {
        await run.standingDrills.end(run.part.entry);
        return {};
      }),
  },
};
