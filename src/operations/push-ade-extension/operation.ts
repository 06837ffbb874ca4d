import { operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { checkVmWaits } from '../check-vm/waits.ts';
import { pushAsks } from './asks.ts';
import { pushMemo, type PushAdeExtension } from './plan.ts';
import { runPush } from './run.ts';
import { pushWaits } from './waits.ts';
import { pushWords } from './words.ts';

/** Having the Azure Disk Encryption extension restore its settings; part of a restore's plan. */
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
