import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { en } from '../src/message/wording/en.ts';
import { keysOf } from '../src/message/words.ts';
import { longComments } from './support/comments.ts';
import { doors, knownCircles, largeFolders, takenByTestsOnly } from './support/exceptions.ts';
import { untaken } from './support/exports.ts';
import { belowRoot, factsOf, readSource } from './support/imports.ts';
import { looseLookups, looseLookupsIn } from './support/lookups.ts';
import { circles, fileViolations, homeOf, importViolations, loadedWith } from './support/layout.ts';
import { roomCircles, wrongDoors } from './support/rooms.ts';
import { unusedKeys } from './support/wording-keys.ts';

const root = join(import.meta.dirname, '..');

function filesIn(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => belowRoot(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('/vendor/'))
    .sort();
}

const sources = ['src', 'cards']
  .flatMap((folder) => filesIn(folder, /\.(ts|js)$/))
  .map((path) => readSource(root, path));
const tools = filesIn('tools', /\.(ts|js)$/).map((path) => readSource(root, path));
const tests = filesIn('test', /\.(ts|js)$/).map((path) => readSource(root, path));

const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the product', () => {
  test('there are sources to check', () => expect(sources.length).toBeGreaterThan(100));

  test('every import is one that the layout allows', () => {
    const product = sources.filter((file) => !file.path.startsWith('src/lab/page/'));
    expect(product.flatMap(importViolations)).toEqual([]);
  });

  test('no import goes in a circle', () => expect(circles([...sources, ...tools])).toEqual([]));

  test('no room of a folder is on a circle of rooms', () => {
    expect(roomCircles([...sources, ...tools])).toEqual(Object.keys(knownCircles).sort());
  });

  test('a family of operations is imported through its doors, and each of them is used', () => {
    expect(wrongDoors(sources, doors)).toEqual([]);
    expect(Object.values(doors).flat().length).toBeLessThanOrEqual(20);
  });

  test('what simulates Teams, Slack and Azure is loaded by one import(), and only while no platform is configured', () => {
    const plays = (path: string) => /^src\/(lab|sim)\//.test(path);
    const loaded = ['src/main.ts', 'src/compose.ts'].flatMap((path) => loadedWith(path, sources));
    expect(loaded.filter(plays)).toEqual([]);
    const later = sources
      .filter(({ path }) => loaded.includes(path))
      .flatMap(({ path, imports }) => imports.filter(({ lazy }) => lazy).map(({ from }) => `${path} → ${from}`));
    expect(later).toEqual([
      // What only restores and drills need.
      'src/azure/arm/transport/arm-clients.ts → @azure/arm-network',
      'src/azure/arm/transport/arm-clients.ts → @azure/arm-storage',
      'src/compose.ts → src/compose/local-chats.ts',
      'src/compose.ts → src/compose/tracing.ts',
      'src/compose/open-database.ts → src/store/pglite.ts',
      'src/main.ts → src/compose.ts',
    ]);
    expect(loadedWith('src/compose/local-chats.ts', sources).filter(plays)).toContain('src/lab/lab.ts');
  });

  test('every file is well named, documented, and blind to the environment', () => {
    expect(sources.flatMap((file) => fileViolations(file))).toEqual([]);
  });
});

test('a word from outside is looked up among a table’s own keys, not among inherited ones', () => {
  expect(looseLookups(root)).toEqual([]);
});

test('every text of the cards is used', () => {
  // One template says every failure, and one every phase: each has to be named where it happens, too.
  const phases = keysOf('phase').filter((key) => `phase.${key}-now` in en);
  const keys = [...Object.keys(en), ...keysOf('trouble'), ...phases, 'said.nowhere'];
  expect(unusedKeys(root, keys)).toEqual(['said.nowhere']);
});

describe('which lookups in a table are found', () => {
  const loose = [
    'open[word]',
    'open[word.toLowerCase()]',
    'table[word as keyof typeof table]',
    'word in table',
    '((known: Readonly<Record<string, number>>) => known[word])(open)',
    'Object.hasOwn(open, word) ? 1 : open[word]',
    '(<K extends string>(key: K) => open[key])(word)',
  ];
  const fine = [
    'ownOf(open, word)',
    "open['a']",
    'Object.hasOwn(open, word) ? open[word] : 0',
    'Object.hasOwn(open, word) && open[word]',
    "table[word === '' ? 'a' : 'a']",
    '[1, 2][word.length]',
    'new Map(Object.entries(open)).get(word)',
  ];
  const found = (path: string, looks: readonly string[]) => {
    const tables = `const table = { a: 1 } as const; const open: Record<string, number> = { a: 1 };`;
    const head = `import { ownOf } from '../core/own-of.ts'; ${tables} declare const word: string;`;
    const text = [head, ...looks.map((look, at) => `export const x${at} = ${look};`)].join('\n');
    return looseLookupsIn(root, path, text).map((each) => Number(/:(\d+) /.exec(each)?.[1]) - 2);
  };

  test('those by an arbitrary word, unless it is checked to be the table’s own key', () => {
    expect(found('src/bot/made-up.ts', [...fine, ...loose])).toEqual(loose.map((_, at) => fine.length + at));
  });

  test('where the product generates the IDs itself, only literal tables count', () => {
    const looks = ['open[word]', '((made: Record<string, number>) => made[word])(open)'];
    expect(found('src/lab/made-up.ts', looks)).toEqual([0]);
  });
});

describe('the tools', () => {
  test('stand above the product, and know no test', () => {
    const below = sources.flatMap(({ path, imports }) => imports.map(({ from }) => ({ path, from })));
    expect(below.filter(({ from }) => from.startsWith('tools/'))).toEqual([]);
    const above = tools.flatMap(({ path, imports }) => imports.map(({ from }) => ({ path, from })));
    expect(above.filter(({ from }) => from.startsWith('test/'))).toEqual([]);
    expect(tools.filter(({ path }) => /['"`/]test\//.test(textOf(path))).map(({ path }) => path)).toEqual([]);
  });

  test('every file is well named and documented', () => {
    expect(tools.flatMap((file) => fileViolations(file))).toEqual([]);
  });
});

test('every file of the tests is well named', () => {
  expect(tests.flatMap((file) => fileViolations(file))).toEqual([]);
});

test('no comment is wider than the code', () => {
  const settings = readdirSync(root).filter((name) => name.endsWith('.js'));
  const paths = [
    ...[...sources, ...tools, ...tests].map(({ path }) => path),
    ...filesIn('deploy', /\.(ts|js)$/),
    ...settings,
  ];
  expect(paths.flatMap((path) => longComments(path, textOf(path)))).toEqual([]);
});

describe('what a file exports', () => {
  const all = [...sources, ...tools];

  test('is imported somewhere', () => expect(untaken(all, [...all, ...tests])).toEqual([]));

  test('is imported by the product itself, not only by its tests', () => {
    const found = untaken(all, all);
    expect(found.filter((each) => !Object.hasOwn(takenByTestsOnly, each))).toEqual([]);
    expect(Object.keys(takenByTestsOnly).filter((each) => !found.includes(each))).toEqual([]);
  });
});

test('a folder has at most 20 files, or is among the exceptions, with a reason', () => {
  const counts = new Map<string, number>();
  for (const path of ['src', 'tools', 'test'].flatMap((folder) => filesIn(folder, /./))) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const large = [...counts].filter(([, count]) => count > 20).map(([folder]) => folder);
  expect(large.sort()).toEqual(Object.keys(largeFolders).sort());
});

describe('what these rules find', () => {
  const imports = (path: string, text: string) => importViolations(factsOf(path, text));

  test.each([
    ['src/core/json.ts', `import { a } from '../message/words.ts';`, /core may import nothing/],
    ['src/dialog/advance.ts', `import type { A } from '../store/dialogs.ts';`, /dialog may import core, message/],
    ['src/store/dialogs.ts', `import { advance } from '../dialog/advance.ts';`, /imports src\/dialog\/advance.ts:/],
    ['src/operations/protect/run.ts', `const a = await import('../../azure/arm/arm-gateway.ts');`, /azure\/arm/],
    ['src/operations/protect/run.ts', `type A = import('../../azure/arm/arm-clients.ts').A;`, /\(types\)/],
    ['src/readiness/findings/assess.ts', `export { a } from '../../azure/arm/map-fault.ts';`, /azure\/arm/],
    ['src/bot/turn/turn.ts', `import { openPostgres } from '../../store/postgres.ts';`, /store\/postgres/],
    ['src/bot/turn/turn.ts', `import { sql } from 'kysely';`, /only store, type:bot may know/],
    ['src/teams/endpoint.ts', `import { turn } from '../bot/turn.ts';`, /bot\/port/],
    ['src/sim/backup/jobs.ts', `import type { JobFacts } from '../../azure/facts.ts';`, /core\/clock/],
    ['src/slack/endpoint.ts', `import { TeamsActivityHandler } from 'botbuilder';`, /only teams/],
    ['src/azure/faults.ts', `import { RestError } from '@azure/core-rest-pipeline';`, /only azure\/arm/],
    ['src/core/log.ts', `import leftPad from 'left-pad';`, /no folder of the layout/],
    ['src/extra/thing.ts', ``, /no folder/],
  ])('%s with %s', (path, text, words) => {
    expect(imports(path, text)).toEqual([expect.stringMatching(words)]);
  });

  test.each([
    ['src/store/dialogs.ts', `import type { DialogState } from '../dialog/state.ts';`],
    ['src/azure/arm/reads/job-reads.ts', `import { AzureFault } from '../faults.ts'; import '@azure/arm-keyvault';`],
    ['src/operations/protect/run.ts', `import { a } from '../part.ts'; import { b } from '../../azure/faults.ts';`],
    ['src/main.ts', `import { openPostgres } from './store/postgres.ts'; import 'node:process';`],
    ['src/sim/main.ts', `import { systemClock } from '../core/clock.ts'; import { z } from 'zod';`],
  ])('nothing in %s with %s', (path, text) => expect(imports(path, text)).toEqual([]));

  const file = (path: string, text: string) => fileViolations(factsOf(path, text));

  test.each([
    ['src/core/a.ts', 'const a = process.env.PATH;', /reads process.env/],
    ['src/core/a.ts', `const a = process['env'];`, /reads process.env/],
    ['src/core/a.ts', `import { env } from 'node:process';`, /reads process.env/],
    ['src/core/a.ts', 'export default 1;', /default export/],
    ['src/core/a.ts', 'export const a = 1;', /exports a without a comment/],
    ['src/core/camelCase.ts', '', /lower case/],
    ['src/core/utils.ts', '', /says nothing/],
    ['src/knowledge/index.ts', `export * from './a.ts'; const b = 1;`, /more than re-export/],
  ])('%s with %j', (path, text, words) => expect(file(path, text)).toContainEqual(expect.stringMatching(words)));

  test('nothing in a correct file', () => {
    const text = `/** All of them. */\nexport const names = ['a'] as const;\nexport type Name = (typeof names)[number];`;
    expect(file('src/core/names.ts', text)).toEqual([]);
    expect(file('src/cli/doctor.ts', 'process.env.HOME;')).toEqual([]);
    expect(file('src/store/migrations/002-more.ts', '')).toEqual([]);
  });

  test('a comment that is too wide, wherever it is, but no text or URL', () => {
    const wide = 'x'.repeat(120);
    const text = [
      `/** ${wide} */`,
      `/**`,
      ` * ${wide}`,
      ` */`,
      `const a = 1; // ${wide}`,
      `const b = 'x // ${wide}';`,
      'const c = `${a} // ' + wide + '`;',
      `// https://example.com/${wide}`,
      `f(/* ${wide} */);`,
      `// ${'x'.repeat(117)}`,
    ].join('\n');
    expect(longComments('src/core/a.ts', text)).toEqual([1, 3, 5, 9].map((line) => `src/core/a.ts:${line}`));
  });

  test('an unused export, however the others are imported', () => {
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `export const ${name} = 1;`).join('\n');
    const user = `
      import { a as other } from './all.ts';
      import * as every from './all.ts';
      export { c } from './all.ts';
      type D = import('./all.ts').d;
      every.b;
      const { e } = await import('./all.ts');
      (await import('./all.ts')).f;`;
    const [made, taker] = [factsOf('src/core/all.ts', all), factsOf('src/core/user.ts', user)];
    expect(untaken([made, taker], [made, taker])).toEqual(['src/core/all.ts g', 'src/core/user.ts c']);
    const whole = factsOf('src/core/whole.ts', `import * as every from './all.ts'; run({ every, ...every });`);
    expect(untaken([made], [whole])).toEqual([]);
    const inComment = factsOf('src/lab/page/card.js', `/** @import { T, U as V } from './types.ts' */\n\nf();`);
    expect(inComment.taken).toEqual(['src/lab/page/types.ts T', 'src/lab/page/types.ts U']);
    expect(inComment.imports).toEqual([{ from: 'src/lab/page/types.ts', local: true, typeOnly: true, lazy: false }]);
    const types = `export type T = 1;\nexport function f() {}\nexport const { p, q: [r] } = x;\ntype Own = 1;`;
    expect(factsOf('src/core/types.ts', types).exported).toEqual(['T', 'f', 'p', 'r']);
  });

  test('a circle, once, and one of types too', () => {
    const a = factsOf('src/core/a.ts', `import { b } from './b.ts';`);
    const b = factsOf('src/core/b.ts', `import { c } from './c.ts';`);
    expect(circles([a, b, factsOf('src/core/c.ts', `import { a } from './a.ts';`)])).toEqual([
      'src/core/a.ts → src/core/b.ts → src/core/c.ts → src/core/a.ts',
    ]);
    expect(circles([a, b, factsOf('src/core/c.ts', `import type { a } from './a.ts';`)])).toHaveLength(1);
    expect(circles([a, b, factsOf('src/core/c.ts', '')])).toEqual([]);
  });

  test('a circle of folders, though no file is on one', () => {
    const a = factsOf('src/bot/turn/a.ts', `import { b } from '../work/b.ts';`);
    const b = factsOf('src/bot/work/b.ts', '');
    const c = factsOf('src/bot/work/c.ts', `import type { D } from '../turn/d.ts';`);
    const d = factsOf('src/bot/turn/d.ts', `import { e } from './e.ts'; import { a } from '../../core/a.ts';`);
    expect(circles([a, b, c, d])).toEqual([]);
    expect(roomCircles([a, b, c, d])).toEqual(['src/bot: turn, work']);
    expect(roomCircles([a, b, d])).toEqual([]);
  });

  test('a file belongs to the longest matching row', () => {
    expect(homeOf('src/azure/arm/parse/vm-facts.ts')).toBe('azure/arm');
    expect(homeOf('src/azure/faults.ts')).toBe('azure');
  });
});
