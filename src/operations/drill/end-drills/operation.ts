import { entryAsk } from '../../parts/allow-drills.ts';
import { operation } from '../../dialogs/operation.ts';
import { about } from '../../ground/targets.ts';
import { endDrillsMemo, type EndDrills } from '../../parts/end-drills.ts';
import { runEndDrills } from './run.ts';
import { endDrillsWords } from './words.ts';

/** Ending a standing approval of drills; started by the dialog of `allow-drills`. */
export const endDrills = operation<EndDrills>({
  name: 'end-drills',
  part: {
    memo: endDrillsMemo,
    runner: runEndDrills,
    words: endDrillsWords,
    about: ({ entry }) => about(entry),
    asks: ({ targetGroup }) => [entryAsk('end-drills', targetGroup)],
    waits: {},
    diagnoses: 'configure',
  },
  dialogs: [],
});
