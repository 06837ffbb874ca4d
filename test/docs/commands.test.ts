import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocks, page, pages, quoted, root } from './pages.ts';

/**
 * Each command of the pages is known by a test: a script with its options, a program that a test runs, or one that
 * docs/operations.md says was not run.
 */
const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
  .scripts;

type Command = { readonly path: string; readonly text: string };

/** The commands of every shell block, each without its comment, what it is given by the environment, and pipes. */
const commands: readonly Command[] = pages().flatMap((one) =>
  blocks(one, 'sh')
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, ' ').split('\n'))
    .flatMap((line) => partsOf(line.replace(/(^|\s)#.*$/, '')))
    .map((text) => ({ path: one.path, text })),
);

function partsOf(line: string): string[] {
  const inner = [...line.matchAll(/\$\(([^)]*)\)/g)].flatMap(([, inside]) => partsOf(inside as string));
  const outer = line.replaceAll(/\$\([^)]*\)/g, 'X').split(/\s(?:&&|\|\||\|)\s|;\s/);
  const bare = outer.map((part) => part.trim().replace(/^(?:export\s+)?(?:\w+=("[^"]*"|'[^']*'|\S*)\s*)+/, ''));
  return [...inner, ...bare].filter((part) => /^[a-z][\w.-]*(\(\))?(\s|$)/i.test(part));
}

const starting = (program: string) => commands.filter(({ text }) => text.split(/\s/)[0] === program);

/** Programs that a test runs as they are written, and where. */
const run: Readonly<Record<string, string>> = {
  pg_dump: 'test/support/kept-database.ts',
  pg_restore: 'test/support/kept-database.ts',
  createdb: 'test/support/kept-database.ts',
  tar: 'test/crash/child-process.ts',
};
/** The shell's own, a function that a page defines, and what only edits text. */
const ownWords = ['npm', 'node', 'cd', 'for', 'do', 'done', 'assign', 'assign()', 'sed', 'rm', 'mv', 'mktemp', 'jq'];

test('there are commands to check', () => expect(commands.length).toBeGreaterThan(80));

describe('npm', () => {
  const npm = starting('npm').map(({ path, text }) => ({ path, text, words: text.split(/\s+/) }));

  test('every script exists', () => {
    const named = npm.flatMap(({ words }) =>
      words[1] === 'run' ? [words.slice(2).find((word) => !word.startsWith('-'))!] : [],
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });

  test('every option that is given to one is read by its program', () => {
    const unknown = npm.flatMap(({ path, text, words }) => {
      const script = words.slice(2).find((word) => !word.startsWith('-')) ?? '';
      const options = [...(text.split(' -- ')[1] ?? '').matchAll(/(?<=^|\s)--([\w-]+)/g)].map(
        ([, name]) => name as string,
      );
      return options.filter((name) => !isRead(script, name)).map((name) => `${path}: ${script} --${name}`);
    });
    expect(unknown).toEqual([]);
  });
});

/** Jest's options are its own. */
function isRead(script: string, option: string): boolean {
  const program = /node (?:--\S+ )*(?:src\/start\.js )?(\S+\.ts)/.exec(scripts[script] ?? '')?.[1];
  if (program === undefined) return script === 'jest';
  const file = [program, `src/${program}`].map((path) => join(root, path)).find(existsSync);
  return (
    file !== undefined && new RegExp(`['"\`.]?${option}['"]?\\??:|--${option}\\b`).test(readFileSync(file, 'utf8'))
  );
}

describe('every other program', () => {
  const notRun = quoted(
    /Not run, because[\s\S]*?as they are written on these pages\./.exec(page('docs/operations.md').text)?.[0] ?? '',
  );

  test('is run by a test, or listed as not run', () => {
    const others = commands.filter(({ text }) => !ownWords.includes(text.split(/\s/)[0] as string));
    const isListed = (text: string) => notRun.some((known) => text === known || text.startsWith(`${known} `));
    const left = others.filter(({ text }) => !isListed(text) && !Object.hasOwn(run, text.split(/\s/)[0] as string));
    expect([...new Set(left.map(({ path, text }) => `${path}: ${text.slice(0, 60)}`))]).toEqual([]);
  });

  test('that a test is said to run is in that test', () => {
    for (const [program, file] of Object.entries(run))
      expect([program, readFileSync(join(root, file), 'utf8').includes(program)]).toEqual([program, true]);
  });

  test('that is listed as not run is on a page', () => {
    const all = pages().map(({ text }) => text);
    const once = (known: string) => all.reduce((sum, text) => sum + text.split(known).length - 1, 0);
    expect(notRun.length).toBeGreaterThan(10);
    expect(notRun.filter((known) => once(known) < 2)).toEqual([]);
  });
});
