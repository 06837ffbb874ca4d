/** A failure in words: what the knowledge says of it, with its fixes; and Azure's own words, quoted as such. */
import { diagnose, wordsOf, type Diagnosis } from '../knowledge/index.ts';
import type { Block } from '../message/card-data.ts';
import type { Words } from '../message/words.ts';
import type { Failure, Part } from './part.ts';

const longestCause = 140;

/** What went wrong in half a sentence; null where nobody knows. */
export function failureCause(words: Words, part: Part, failure: Failure): string | null {
  if (failure.ours) return words.say(`trouble.${failure.ours}`);
  const diagnosis = diagnosisOf(part, failure);
  if (diagnosis.kind !== 'known') return null;
  return firstSentence(wordsOf(diagnosis.entry, words.look.locale).cause);
}

/** Cause, fixes, and what Azure says. An error that nobody knows gets no advice. */
export function failureBlocks(words: Words, part: Part, failure: Failure): Block[] {
  return [...adviceBlocks(words, part, failure), { kind: 'facts', facts: azureFacts(words, failure) }];
}

function adviceBlocks(words: Words, part: Part, failure: Failure): Block[] {
  const { say } = words;
  if (failure.ours) return [];
  const diagnosis = diagnosisOf(part, failure);
  switch (diagnosis.kind) {
    case 'known': {
      const { cause, fixes } = wordsOf(diagnosis.entry, words.look.locale);
      return [
        { kind: 'facts', facts: [{ title: say('failed.why'), value: cause }] },
        { kind: 'list', ordered: true, heading: say('failed.fixes'), items: fixes.map((text) => ({ text })) },
      ];
    }
    case 'several': {
      const items = diagnosis.entries.map((entry) => ({ text: wordsOf(entry, words.look.locale).cause }));
      return [{ kind: 'list', heading: say('failed.several-causes'), items }];
    }
    case 'unknown':
      return [{ kind: 'text', text: say('failed.no-advice') }];
  }
}

function azureFacts({ say }: Words, failure: Failure) {
  const says = failure.says.join(' ');
  return [
    ...(failure.codes.length > 0 ? [{ title: say('failed.code'), value: failure.codes.join(' · ') }] : []),
    ...(says ? [{ title: say('failed.azure-says'), value: says }] : []),
    ...(failure.requestId ? [{ title: say('failed.request'), value: failure.requestId }] : []),
    ...(failure.jobId ? [{ title: say('failed.job'), value: failure.jobId }] : []),
  ];
}

function diagnosisOf(part: Part, failure: Failure): Diagnosis {
  const operation = part.does === 'back-up-now' ? 'backup' : 'configure';
  const origin = failure.origin === 'ours' ? 'arm' : failure.origin;
  return diagnose({ codes: failure.codes, texts: failure.says, operation, origin });
}

function firstSentence(text: string): string {
  const [sentence = text] = text.split(/(?<=[.!?])\s/);
  const bare = sentence.replace(/[.!?]$/, '');
  return bare.length > longestCause ? `${bare.slice(0, longestCause - 1)}…` : bare;
}
