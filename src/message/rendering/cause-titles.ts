/** What is wrong with a backup, as a title and as the note of a row, with its cause and the one warning that counts. */
import { preventsRestart } from '../../core/restart.ts';
import { maxVerdict } from '../card-data.ts';
import { findingPhrase } from '../finding-phrase.ts';
import { firstFitting, fitsVerdict } from '../verdict-texts.ts';
import type { FindingToSay, Words } from '../words.ts';

/** One VM, by its name, or several. `fails`: their backups do, too. */
type Whom = { readonly vm: string } | { readonly count: number };

/** A finding as the note of a row: that the VM mustn't be restarted, too. */
export function findingInRow(words: Words, finding: FindingToSay, title = words.finding(finding).title): string {
  return preventsRestart(finding) ? words.say('restart.row', { cause: title }) : title;
}

/** A finding as the reason in a title: in a few words, if it has them. */
export function shortFinding(words: Words, finding: FindingToSay): string {
  return words.finding(finding).short ?? findingPhrase(words, finding);
}

/** The title of VMs that won't start again; null: they will, as far as this finding says. */
export function restartTitle(
  words: Words,
  finding: FindingToSay,
  whom: Whom & { readonly fails: boolean },
): string | null {
  if (!preventsRestart(finding)) return null;
  const vms = vmsOf(words, whom);
  const why = shortFinding(words, finding);
  const plain = words.say('restart.title', { vms, why });
  return firstFitting(whom.fails ? [words.say('restart.title-fails', { vms, why }), plain] : [plain]);
}

function vmsOf({ say }: Words, whom: Whom): string {
  return 'vm' in whom ? whom.vm : say('restart.vms', { count: whom.count });
}

/**
 * That backups failed, and why, in a title: with the first of these reasons that fits, the longest first. If none does,
 * the names go, not the reason; `isWhole`: it has the names and the first reason.
 */
export function failedTitle(
  words: Words,
  whom: Whom,
  whys: readonly [string, string],
): { readonly title: string; readonly isWhole: boolean } {
  const { say } = words;
  const long = (why: string) =>
    'vm' in whom ? say('alert.one', { vm: whom.vm, why }) : say('alert.many', { count: whom.count, why });
  const last = whys[1];
  const vms = vmsOf(words, whom);
  const brief = `${vms}: ${last}`;
  const title = firstFitting([...whys.map(long), brief, say('failed.short', { cause: last })]);
  // Somebody else's words may be of any length: of those the end goes.
  return {
    title: fitsVerdict(title) ? title : cut(vms.length < maxVerdict / 2 ? brief : title),
    isWhole: title === long(whys[0]),
  };
}

/** Somebody else's words may be of any length. */
function cut(text: string): string {
  const most = Array.from(text)
    .slice(0, maxVerdict - 1)
    .join('');
  return `${most.replace(/\s+\S{0,15}$/u, '').replace(/[,;:.]$/, '')}…`;
}
