import { operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { checkVmWaits } from '../check-vm/waits.ts';
import { pushAsks } from './asks.ts';
import { pushMemo, type PushAdeExtension } from './plan.ts';
import { runPush } from './run.ts';
import { pushWaits } from './waits.ts';
import { pushWords } from './words.ts';

/** Having the extension of Azure Disk Encryption put its settings back; part of the plan of a restore. */
export const pushAdeExtension = operation<PushAdeExtension>({
  name: 'push-ade-extension',
  part: {
    memo: pushMemo,
    runner: runPush,
    words: pushWords,
    about: aboutItem,
    asks: pushAsks,
    waits: { ...checkVmWaits, ...pushWaits },
    diagnoses: 'restore',
  },
  dialogs: [],
});
