import { operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { pushAsks } from './asks.ts';
import { pushMemo, pushPart, type PushAdeExtension } from './plan.ts';
import { runPush } from './run.ts';
import { pushWords } from './words.ts';

/** Having the extension of Azure Disk Encryption put its settings back; part of the plan of a restore. */
export const pushAdeExtension = operation<PushAdeExtension>({
  name: 'push-ade-extension',
  part: {
    schema: pushPart,
    memo: pushMemo,
    runner: runPush,
    words: pushWords,
    about: aboutItem,
    asks: pushAsks,
    diagnoses: 'restore',
  },
  dialogs: [],
});
