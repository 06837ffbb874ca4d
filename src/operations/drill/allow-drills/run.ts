/** Stores a standing approval under the ID of its operation, so a repeat changes nothing. */
import { noteDown } from '../../ground/note-down.ts';
import type { PartRunner } from '../../ground/part.ts';
import type { AllowDrills } from '../../parts/allow-drills.ts';

/** Runs `allow-drills`. */
export const runAllowDrills: PartRunner<AllowDrills> = {
  first: 'allow',
  stages: {
    allow: (run) =>
      noteDown(run, { stage: 'allow', target: run.part.targetGroup.id }, async () => {
        await run.standingDrills.allow(run.part);
        return { until: run.part.until };
      }),
  },
};
