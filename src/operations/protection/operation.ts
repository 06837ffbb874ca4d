import { dialog, operation, type Operation } from '../operation.ts';
import type { PartRunner } from '../part.ts';
import type { PartWords } from '../cards/part-words.ts';
import { aboutItem } from '../targets.ts';
import { protectionAsk } from './asks.ts';
import { protectionConversation } from './conversation.ts';
import { protectionMemo, resumePart, stopPart, undeletePart, type Protection, type ProtectionPart } from './plan.ts';
import { protectionPorts } from './ports.ts';
import { runProtection } from './run.ts';
import { protectionWords } from './words.ts';

/** Stopping the backups of a VM; its recovery points stay. */
export const stopProtection = protectionOperation('stop', 'stop-protection', stopPart);

/** Resuming backups that were stopped. */
export const resumeProtection = protectionOperation('resume', 'resume-protection', resumePart);

/** Bringing back backups that were deleted. */
export const undelete = protectionOperation('undelete', 'undelete', undeletePart);

function protectionOperation<P extends ProtectionPart>(
  word: string,
  name: P['does'],
  schema: Operation<Protection<P>>['part']['schema'],
): Operation {
  return operation<Protection<P>>({
    name,
    command: { word, takes: 'word' },
    part: {
      schema,
      memo: protectionMemo,
      runner: runProtection as unknown as PartRunner<Protection<P>>,
      words: protectionWords as unknown as PartWords<Protection<P>>,
      about: aboutItem,
      asks: (part) => [protectionAsk(part)],
      diagnoses: 'configure',
    },
    dialogs: [dialog(protectionConversation(word, name), protectionPorts)],
  });
}
