import type { Block } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import type { Finding, FindingParams } from '../../../readiness/findings/finding.ts';

/** A problem in words: its title, what was found, and how to fix it. */
export type Problem = {
  readonly verdict: Finding['verdict'];
  readonly title: string;
  readonly text: string;
  readonly fix: readonly Block[];
};

/** Whether a key or a secret that the disks need isn't in its key vault. */
export function isKeyGone({ code }: Finding): boolean {
  return code === 'kek-version.absent' || code === 'secret.absent';
}

/**
 * Several missing keys are shown as one loss: the disks by name, and the commands that bring them back in one block.
 */
export function keysGone(words: Words, gone: readonly Finding[]): Problem {
  const { say } = words;
  const secrets = gone.filter(({ code }) => code === 'secret.absent');
  const keks = distinct(gone.map(({ params }) => params['key']));
  const disks = distinct(secrets.map(({ params }) => params['disks']));
  const what = { keyVaults: distinct(gone.map(({ params }) => params['keyVault'])), keks, count: keks.length };
  const steps = gone.flatMap((finding) => words.finding(finding).fix ?? []);
  const lines = steps.flatMap(({ command }) => command ?? []);
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

function distinct(values: readonly (FindingParams[string] | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => value ?? []).map(String))];
}
