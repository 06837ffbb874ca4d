import { entryAsk } from '../allow-drills/asks.ts';
import { operation } from '../operation.ts';
import { endDrillsMemo, endDrillsPart, type EndDrills } from './plan.ts';
import { runEndDrills } from './run.ts';
import { endDrillsWords } from './words.ts';

/** Ending a standing approval of drills; started by the dialog of `allow-drills`. */
export const endDrills = operation<EndDrills>({
  name: 'end-drills',
  part: {
    schema: endDrillsPart,
    memo: endDrillsMemo,
    runner: runEndDrills,
    words: endDrillsWords,
    asks: ({ targetGroup }) => [entryAsk('end-drills', targetGroup)],
    diagnoses: 'configure',
  },
  dialogs: [],
});
