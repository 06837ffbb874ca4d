import { dialog, operation } from '../operation.ts';
import { about } from '../targets.ts';
import { entryAsk } from './asks.ts';
import { drillsConversation } from './conversation.ts';
import { allowDrillsMemo, type AllowDrills } from './plan.ts';
import { drillsPorts } from './ports.ts';
import { runAllowDrills } from './run.ts';
import { allowDrillsWords } from './words.ts';

/** A standing approval: the drills of an entry of `drills` start on its schedule until a given day. */
export const allowDrills = operation<AllowDrills>({
  name: 'allow-drills',
  command: { word: 'drills', takes: 'words', shows: true },
  part: {
    memo: allowDrillsMemo,
    runner: runAllowDrills,
    words: allowDrillsWords,
    about: ({ entry }) => about(entry),
    asks: ({ targetGroup }) => [entryAsk('allow-drills', targetGroup)],
    waits: {},
    diagnoses: 'configure',
  },
  dialogs: [dialog(drillsConversation, drillsPorts)],
});
