import { dialog, operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { deleteDrillAsks } from './asks.ts';
import { leftConversation, leftPorts } from './conversation.ts';
import { deleteDrillMemo, type DeleteDrill } from './plan.ts';
import { runDeleteDrill } from './run.ts';
import { deleteDrillWaits } from './waits.ts';
import { deleteDrillWords } from './words.ts';

/** Deleting what a drill created: at the end of a drill's plan, or what an ended drill left. */
export const deleteDrill = operation<DeleteDrill>({
  name: 'delete-drill',
  command: { word: 'leftovers', takes: 'words', shows: true },
  part: {
    memo: deleteDrillMemo,
    runner: runDeleteDrill,
    words: deleteDrillWords,
    about: aboutItem,
    asks: deleteDrillAsks,
    waits: deleteDrillWaits,
    diagnoses: 'restore',
  },
  dialogs: [dialog(leftConversation, leftPorts)],
});
