import { dialog, operation } from '../../dialogs/operation.ts';
import { about } from '../../ground/targets.ts';
import { type AllowDrills, allowDrillsMemo, entryAsk } from '../../parts/allow-drills.ts';
import { allowDrillsDialog } from './dialog.ts';
import { runAllowDrills } from './run.ts';
import { allowDrillsWords } from './words.ts';

/** A standing approval: the drills of an entry of `drills` start on its schedule until a given day. */
export const allowDrills = operation<AllowDrills>({
  name: 'allow-drills',
  command: { word: 'drills', takes: 'words', shows: true, help: [{ typed: 'drills', says: 'drills' }] },
  part: {
    memo: allowDrillsMemo,
    runner: runAllowDrills,
    words: allowDrillsWords,
    about: ({ entry }) => about(entry),
    asks: ({ targetGroup }) => [entryAsk('allow-drills', targetGroup)],
    waits: {},
    diagnoses: 'configure',
  },
  dialogs: [dialog(allowDrillsDialog)],
});
