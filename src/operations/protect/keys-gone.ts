import type { Block } from '../../message/card-data.ts';
import { fixBlocks } from '../../message/fix-blocks.ts';
import type { Words } from '../../message/words.ts';
import type { Finding } from '../../readiness/finding.ts';

/** A problem in words: its title, what was found, and what mends it. */
export type Problem = {
  readonly verdict: Finding['verdict'];
  readonly title: string;
  readonly text: string;
  readonly fix: readonly Block[];
};

/** Whether a key or a secret that the disks need is not in its key vault. */
export function isKeyGone({ code }: Finding): boolean {
  return code === 'kek-version.absent' || code === 'secret.absent';
}

/** Several keys that are gone are one loss: the disks by name, and the commands that bring the keys back in one block. */
export function keysGone(words: Words, gone: readonly Finding[]): Problem {
  const { say } = words;
  const named = (from: readonly Finding[], ...names: readonly string[]) => [
    ...new Set(from.flatMap(({ params }) => names.flatMap((name) => params[name] ?? [])).map(String)),
  ];
  const keks = named(gone, 'key');
  const disks = named(
    gone.filter(({ code }) => code === 'secret.absent'),
    'disks',
  );
  const what = { keyVaults: named(gone, 'keyVault'), keks, count: keks.length };
  const lines = gone.flatMap((finding) => commandsOf(words.finding(finding).fix ?? ''));
  return {
    verdict: 'block',
    title: say('keys-gone.title'),
    text: disks.length > 0 ? say('keys-gone.disks', { ...what, disks }) : say('keys-gone.keks', what),
    fix: [
      { kind: 'code', caption: say('keys-gone.recover'), lines },
      { kind: 'text', text: say('keys-gone.restore') },
    ],
  };
}

function commandsOf(fix: string): readonly string[] {
  return fixBlocks(fix).flatMap((block) => (block.kind === 'code' ? block.lines : []));
}
