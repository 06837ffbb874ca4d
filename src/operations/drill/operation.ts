import { dialog, operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { drillAsks } from './asks.ts';
import { drillConversation } from './conversation.ts';
import { drillMemo, type Drill } from './plan.ts';
import { drillPorts } from './ports.ts';
import { runDrill } from './run.ts';
import { drillWords } from './words.ts';

/**
 * A restore drill: its plan restores a point into a network without outbound access, checks the VM and deletes it all.
 */
export const drill = operation<Drill>({
  name: 'drill',
  command: { word: 'drill', takes: 'word' },
  part: {
    memo: drillMemo,
    runner: runDrill,
    words: drillWords,
    about: aboutItem,
    asks: drillAsks,
    waits: {},
    diagnoses: 'restore',
  },
  dialogs: [dialog(drillConversation, drillPorts)],
});
