import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failpoints } from '../../src/core/failpoint.ts';
import { layout } from '../support/layout.ts';
import { page, pages, quoted, root, tableOf, type Page } from './pages.ts';

const all = pages();
const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test('there are pages to check', () => expect(all.length).toBeGreaterThan(12));

describe.each(all.map((one): [string, Page] => [one.path, one]))('%s', (_path, one) => {
  test('every relative link leads to an existing file and heading', () => {
    expect(linksOf(one).flatMap((link) => brokenLink(one, link))).toEqual([]);
  });

  test('every path of the project that it names exists', () => {
    const named = quoted(one.text).filter((text) => /^(src|test|cards|manifest|docs)\/[\w./-]+$/.test(text));
    const planned = one.text.split('\n').filter((line) => line.includes('(not built yet)'));
    const missing = named.filter((path) => !existsSync(join(root, path)));
    expect(missing.filter((path) => !planned.some((line) => line.includes(`\`${path}\``)))).toEqual([]);
  });

  test('every script that it names is one of package.json', () => {
    const named = [...one.text.matchAll(/npm run (?:--\S+ )*([\w:-]+)/g)].map(([, script]) => script as string);
    expect(named.filter((script) => !(script in packageJson.scripts))).toEqual([]);
  });

  test('it names no path of one machine and no registry', () => {
    const own = /(^|[\s(`"'=])(\/(home|root|tmp|work|Users|var)\/|[A-Z]:\\)|registry\.|npmjs|yarnpkg|deb\.debian/m;
    expect(own.exec(one.text)?.[0] ?? null).toBeNull();
  });
});

test('every script of package.json starts an existing file', () => {
  const started = Object.values(packageJson.scripts).flatMap((script) => {
    const [, program, argument] = /^node (?:--\S+ )*(\S+)(?: (\S+\.ts))?/.exec(script) ?? [];
    return [...(program ? [program] : []), ...(argument ? [`src/${argument}`] : [])];
  });
  expect(started.length).toBeGreaterThan(8);
  expect(started.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

describe('docs/architecture.md', () => {
  const architecture = page('docs/architecture.md');
  const first = (heading: string) =>
    tableOf(architecture, heading).map(([cell]) => (cell as string).replaceAll('`', ''));

  test('has every failpoint, in the order of the code', () => expect(first('failpoint')).toEqual([...failpoints]));

  test('has every table of the store', () => {
    const folder = join(root, 'src/store/migrations');
    const sql = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const made = sql.flatMap((text) => [...text.matchAll(/create table (\w+)/g)].map(([, name]) => name as string));
    expect(first('table').sort()).toEqual(made.sort());
  });

  test('has the seven invariants, each with where it lives and where it is tested', () => {
    const rows = tableOf(architecture, '').filter(([id]) => /^I\d$/.test(id ?? ''));
    expect(rows.map(([id]) => id)).toEqual(['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7']);
    for (const [id, , where, tested] of rows)
      expect([id, quoted(where ?? '').length > 0, quoted(tested ?? '').length > 0]).toEqual([id, true, true]);
  });
});

describe('docs/security.md', () => {
  const security = page('docs/security.md');
  const isTested = (cell: string) => /\]\(\.\.\/test\/[\w./-]+\.ts\)/.test(cell);
  const tables = ['what', 'an attacker tries', 'an attacker'].flatMap((first) => tablesOf(security.text, first));

  test('what stops an attacker, and what is trusted how far, has a test beside it, or says that nothing stops them', () => {
    expect(tables.length).toBeGreaterThan(5);
    const rows = tables.flat();
    // Whoever can write these owns the bot: that is no promise.
    const open = rows.filter(
      ([what = '', how = '', more = '']) =>
        !isTested(more) && !/\*\*.*\*\*/.test(how + more) && !/kluis\.yaml/.test(what),
    );
    expect(open.map(([what]) => what)).toEqual([]);
  });

  test('each sentence that says never, always or only has a test beside it', () => {
    const promises = sentencesOf(security).filter((sentence) => absolute.test(sentence));
    expect(promises.length).toBeGreaterThan(15);
    expect(promises.filter((sentence) => !isTested(sentence))).toEqual([]);
  });
});

/** What a sentence that promises something says; none of these is meant by halves. */
const absolute = /\b(never|always|only|nobody|nothing|cannot)\b/i;

/**
 * The sentences of security.md that may promise something, each with the link that follows it: outside its tables, its
 * introduction, and the lists of what nothing stops.
 */
function sentencesOf({ text }: Page): string[] {
  const [, ...sections] = text.split(/^## /m).filter((section) => !/^What is (worth|not)/.test(section));
  const prose = sections.join('\n\n').replace(/^What nothing stops:\n\n(?:(?:- | {2}).*\n)+/m, '');
  const blocks = prose.split(/\n\n|\n(?= *- )/).filter((block) => !/^(\||#)/.test(block));
  return blocks.flatMap((block) => block.replace(/\s+/g, ' ').split(/(?<=[.!?:]) (?=[A-Z`*])/));
}

/** The rows of every table of a page whose first column has this heading. */
function tablesOf(text: string, first: string): readonly (readonly string[])[][] {
  const cells = (line: string) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim());
  const blocks = text.split('\n\n').map((block) => block.split('\n').filter((line) => line.startsWith('|')));
  return blocks
    .filter(([heading]) => heading !== undefined && cells(heading)[0] === first)
    .map(([, , ...rows]) =>
      rows.map((row) => cells(row).map((_, at, all) => (at < 2 ? all[at]! : all.slice(2).join(' ')))),
    );
}

describe('CONTRIBUTING.md', () => {
  const rows = tableOf(page('CONTRIBUTING.md'), 'folder').map(([folder, duty, may]) => ({
    folder: quoted(folder ?? '')[0]?.replace('src/', '') ?? '',
    planned: duty?.includes('(not built yet)') ?? false,
    may: may ?? '',
  }));

  test('has every row of the layout', () => {
    expect(rows.map(({ folder }) => folder).sort()).toEqual(Object.keys(layout).sort());
  });

  test('says for each what it may import, as it is enforced', () => {
    for (const { folder, may } of rows) expect([folder, importsSaid(may)]).toEqual([folder, importsEnforced(folder)]);
  });

  test('says of a missing folder that it isn’t built yet, and of no other', () => {
    for (const { folder, planned } of rows)
      expect([folder, planned]).toEqual([
        folder,
        ![`src/${folder}`, folder].some((path) => existsSync(join(root, path))),
      ]);
  });
});

describe('docs/adr', () => {
  const decisions = all.filter(({ path }) => path.startsWith('docs/adr/'));

  test('numbers are in sequence, in name and title', () => {
    const numbers = decisions.map(({ path }) => Number(path.slice('docs/adr/'.length, 'docs/adr/'.length + 4))).sort();
    expect(numbers).toEqual(decisions.map((_, index) => index + 1).sort());
    for (const { path, text } of decisions) expect(text).toMatch(new RegExp(`^# ${Number(path.slice(9, 13))}\\. `));
  });

  test.each(decisions.map((one): [string, Page] => [one.path, one]))('%s says all four', (_path, { text }) => {
    for (const part of ['Context', 'Decision', 'Consequences', 'What would change it'])
      expect(text).toContain(`**${part}.**`);
  });
});

/** A page's links and images outside its code blocks. */
function linksOf({ text }: Page): string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to as string).filter((to) => !/^[a-z]+:/.test(to));
}

function brokenLink(from: Page, link: string): string[] {
  const [to = '', heading] = link.split('#');
  const file = to === '' ? from.path : join(dirname(from.path), to);
  if (!existsSync(join(root, file))) return [`${link}: there is no such file`];
  if (heading === undefined) return [];
  return headingsOf(page(file)).includes(heading) ? [] : [`${link}: it has no such heading`];
}

/** The anchors of a page's headings, as hosts of Markdown generate them. */
function headingsOf({ text }: Page): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    (title as string)
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

const port = ['facts', 'faults', 'gateway', 'item-ref', 'job-vm', 'partial-read'].map((name) => `azure/${name}.ts`);

function importsSaid(cell: string): string[] {
  if (cell === 'everything') return ['*'];
  const named = quoted(cell.replace(/types of .*/, ''));
  const types = quoted(/types of .*/.exec(cell)?.[0] ?? '').map((folder) => `type:${folder}`);
  const thePort = cell.includes('the port') ? port : [];
  return [...named, ...types, ...thePort, ...(cell.includes('without its drivers') ? ['not:drivers'] : [])].sort();
}

function importsEnforced(folder: string): string[] {
  const entries = layout[folder] ?? [];
  const drivers = entries.some((entry) => entry.startsWith('not:store/'));
  return [...entries.filter((entry) => !entry.startsWith('not:')), ...(drivers ? ['not:drivers'] : [])].sort();
}
