import { dialog, operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { type DeleteDrill, deleteDrillAsks, deleteDrillMemo, deleteDrillWaits } from '../../parts/delete-drill.ts';
import { leftoversDialog } from './dialog.ts';
import { runDeleteDrill } from './run.ts';
import { deleteDrillWords } from './words.ts';

/** Deleting what a drill created: at the end of a drill's plan, or what an ended drill left. */
export const deleteDrill = operation<DeleteDrill>({
  name: 'delete-drill',
  command: { word: 'leftovers', takes: 'words', shows: true, help: [{ typed: 'leftovers', says: 'leftovers' }] },
  part: {
    memo: deleteDrillMemo,
    runner: runDeleteDrill,
    words: deleteDrillWords,
    about: aboutItem,
    asks: deleteDrillAsks,
    waits: deleteDrillWaits,
    diagnoses: 'restore',
  },
  dialogs: [dialog(leftoversDialog)],
});
