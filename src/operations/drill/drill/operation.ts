import { dialog, operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { type Drill, drillAsks, drillMemo } from '../../parts/drill.ts';
import { drillDialog } from './dialog.ts';
import { runDrill } from './run.ts';
import { drillWords } from './words.ts';

/**
 * A restore drill: its plan restores a point into a network without outbound access, checks the VM and deletes it all.
 */
export const drill = operation<Drill>({
  name: 'drill',
  command: { word: 'drill', takes: 'word', help: [{ typed: 'drill {vm}', says: 'drill' }] },
  part: {
    memo: drillMemo,
    runner: runDrill,
    words: drillWords,
    about: aboutItem,
    asks: drillAsks,
    waits: {},
    diagnoses: 'restore',
  },
  dialogs: [dialog(drillDialog)],
});
