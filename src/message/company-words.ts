/** The company's entry for an error, in words: always marked as such, with who wrote it and when. */
import type { CompanyEntry } from '../core/company-entry.ts';
import type { Block, Button } from './card-data.ts';
import type { Words } from './words.ts';

/** Its cause as part of a line. */
export function companyCause({ say }: Words, { cause }: CompanyEntry): string {
  return `${cause.replace(/\.$/, '')} (${say('company.mark')})`;
}

/** The fix, step by step, and who wrote it. */
export function companyFixes(words: Words, entry: CompanyEntry): Block[] {
  const items = entry.fixes.map((text) => ({ text }));
  return [
    { kind: 'list', ordered: true, heading: words.say('failed.fixes'), items },
    { kind: 'text', text: companyBy(words, entry), tone: 'quiet' },
  ];
}

/** The same as lines, of which the first one can stand alone: who wrote it follows the last step. */
export function companyLines(words: Words, entry: CompanyEntry): Block[] {
  const by = companyBy(words, entry);
  const [only, ...others] = entry.fixes;
  if (others.length === 0) return [{ kind: 'text', text: `${only} (${by})` }];
  const steps = entry.fixes.map((text, at): Block => ({ kind: 'text', text: `${at + 1}. ${text}` }));
  return [...steps, { kind: 'text', text: by, tone: 'quiet' }];
}

function companyBy(words: Words, { by, at }: CompanyEntry): string {
  return words.say('company.by', { who: by, date: words.date(new Date(at)) });
}

/** The button with which an administrator writes or changes that: for the error of a job, or for an entry by its ID. */
export function companyButton({ say }: Words, { of, isWritten }: { of: string; isWritten: boolean }): Button {
  const title = say(isWritten ? 'company.edit' : 'company.write');
  return { title, verb: 'command', data: { command: `backup causes ${of}` }, withInputs: false };
}
