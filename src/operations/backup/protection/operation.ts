import { dialog, operation } from '../../dialogs/operation.ts';
import { aboutItem } from '../../ground/targets.ts';
import { type Protection, protectionAsk, protectionMemo, type ProtectionPart } from '../../parts/protection.ts';
import { protectionDialog } from './dialog.ts';
import { runProtection } from './run.ts';
import { protectionWords } from './words.ts';

/** Stopping the backups of a VM; its recovery points stay. */
export const stopProtection = protectionOperation('stop', 'stop-protection');

/** Resuming backups that were stopped. */
export const resumeProtection = protectionOperation('resume', 'resume-protection');

/** Bringing back backups that were deleted. */
export const undelete = protectionOperation('undelete', 'undelete');

function protectionOperation(word: 'stop' | 'resume' | 'undelete', name: ProtectionPart['does']) {
  return operation<Protection>({
    name,
    command: { word, takes: 'word', help: [{ typed: `${word} {vm}`, says: word }] },
    part: {
      memo: protectionMemo,
      runner: runProtection,
      words: protectionWords,
      about: aboutItem,
      asks: (part) => [protectionAsk(part)],
      waits: {},
      diagnoses: 'configure',
    },
    dialogs: [dialog(protectionDialog(word, name))],
  });
}
