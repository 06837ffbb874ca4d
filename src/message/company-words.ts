/** The company's entry for an error, in words: always marked as such, with who wrote it and when. */
import type { CompanyEntry } from '../core/company-entry.ts';
import type { Block, Button } from './card-data.ts';
import type { Words } from './words.ts';

/** Its cause as part of a line. */
export function companyCause({ say }: Words, { cause }: CompanyEntry): string {
  return `${cause.replace(/\.$/, '')} (${say('company.mark')})`;
}

/** The fix, step by step, and who wrote it. */
export function companyFixes(words: Words, { fixes, by, at }: CompanyEntry): Block[] {
  const { say } = words;
  const items = fixes.map((text) => ({ text }));
  return [
    { kind: 'list', ordered: true, heading: say('failed.fixes'), items },
    { kind: 'text', text: say('company.by', { who: by, date: words.date(new Date(at)) }), tone: 'quiet' },
  ];
}

/** The button with which an administrator writes or changes that: for the error of a job, or for an entry by its ID. */
export function companyButton({ say }: Words, { of, isWritten }: { of: string; isWritten: boolean }): Button {
  const title = say(isWritten ? 'company.edit' : 'company.write');
  return { title, verb: 'command', data: { command: `backup causes ${of}` }, withInputs: false };
}
