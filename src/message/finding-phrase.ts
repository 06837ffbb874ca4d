import type { FindingToSay, Words } from './words.ts';

/** Words that keep their capital inside a sentence. */
const names = /^(Azure|Microsoft|Recovery Services|Entra|Extended Zone|Enhanced|Standard)/;

/** A finding's title as the end of a sentence: "…can't be backed up: disk data-1 too large". Names stay as they are. */
export function findingPhrase(words: Pick<Words, 'finding'>, finding: FindingToSay): string {
  const { title } = words.finding(finding);
  const [first = ''] = title.split(/\s/);
  const isFilledIn = Object.values(finding.params).some((value) => String(value).startsWith(first));
  const isName = isFilledIn || names.test(title) || !/^\p{Lu}\p{Ll}|^A /u.test(title);
  return isName ? title : `${title.slice(0, 1).toLowerCase()}${title.slice(1)}`;
}
