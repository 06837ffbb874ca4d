import { operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { checkVmWaits } from '../../parts/check-vm.ts';
import { type PushAdeExtension, pushAsks, pushMemo, pushWaits } from '../../parts/push-ade-extension.ts';
import { runPush } from './run.ts';
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
