import { dialog, operation } from '../operation.ts';
import { aboutItem } from '../targets.ts';
import { protectionAsk } from './asks.ts';
import { protectionConversation } from './conversation.ts';
import { protectionMemo, type Protection, type ProtectionPart } from './plan.ts';
import { protectionPorts } from './ports.ts';
import { runProtection } from './run.ts';
import { protectionWords } from './words.ts';

/** Stopping the backups of a VM; its recovery points stay. */
export const stopProtection = protectionOperation('stop', 'stop-protection');

/** Resuming backups that were stopped. */
export const resumeProtection = protectionOperation('resume', 'resume-protection');

/** Bringing back backups that were deleted. */
export const undelete = protectionOperation('undelete', 'undelete');

function protectionOperation(word: string, name: ProtectionPart['does']) {
  return operation<Protection>({
    name,
    command: { word, takes: 'word' },
    part: {
      memo: protectionMemo,
      runner: runProtection,
      words: protectionWords,
      about: aboutItem,
      asks: (part) => [protectionAsk(part)],
      waits: {},
      diagnoses: 'configure',
    },
    dialogs: [dialog(protectionConversation(word, name), protectionPorts)],
  });
}
