import { expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile, isMet, shown } from '../../tools/bench/figure.ts';
import { renewTable } from '../../tools/bench/results-page.ts';
import type { Run } from '../../tools/bench/report.ts';
import { serverUrl } from '../support/databases.ts';
import { runTool } from './run-tool.ts';

/** What `--json` prints. */
type Printed = { readonly machine: { readonly cores: number }; readonly runs: readonly Run[] };

// `npm run bench` runs all of them; these use everything that the others do, in less time. They share one process and
// the tests' server; the soak below starts its own, as the bench does without `--database`.
test('the bench runs and says what it compared with what', async () => {
  const ids = ['B1', 'B2', 'B5'];
  const { code, out, err } = await runTool('bench', [...ids, '--quick', '--json', '--database', serverUrl()], {});
  expect([0, 1]).toContain(code);
  expect(err).toBe('');
  const { machine, runs } = JSON.parse(out) as Printed;
  expect(machine.cores).toBeGreaterThan(0);
  expect(runs.map(({ figure }) => figure.id)).toEqual(ids);
  for (const { figure } of runs) {
    for (const { value } of [...figure.values, ...figure.baseline]) expect(Number.isFinite(value)).toBe(true);
    expect(figure.goals.length).toBeGreaterThan(0);
    for (const goal of figure.goals) if (/twice|exactly once|^not /.test(goal.text)) expect(goal.reached).toBe(0);
  }
});

test('an unknown measurement is reported', async () => {
  const { code, err } = await runTool('bench', ['B99'], {});
  expect(code).toBe(2);
  expect(err).toMatch(/^Usage: npm run bench \[-- B1 B2 B3/);
});

test('an upgrade needs its previous revision, and doesn’t take an option of git for one', async () => {
  const { code, err } = await runTool('upgrade', ['--from=--force'], {});
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^Usage: npm run upgrade -- --from/) });
});

test('the soak runs, and every invariant holds afterwards', async () => {
  const { code, out, err } = await runTool('soak', ['--minutes', '0.05', '--seed', '3', '--database', 'postgres'], {});
  expect(err).toBe('');
  expect(out).toMatch(/seed 3/);
  expect(out).toMatch(/Every invariant holds\.\s*$/);
  expect(code).toBe(0);
});

test('a share of numbers, and whether a goal is met', () => {
  const numbers = [5, 1, 4, 2, 3];
  expect([quantile(numbers, 0.5), quantile(numbers, 0.95), quantile(numbers, 0)]).toEqual([3, 5, 1]);
  expect(quantile([], 0.5)).toBeNaN();
  const goal = { text: '', bound: 10, unit: '' };
  expect(isMet({ ...goal, must: 'at-most', reached: 10 })).toBe(true);
  expect(isMet({ ...goal, must: 'at-least', reached: 9.9 })).toBe(false);
  expect(isMet({ ...goal, must: 'at-most', reached: Number.NaN })).toBe(false);
  expect([shown(0.12345), shown(12.345), shown(12_345.6), shown(Number.NaN)]).toEqual(['0.123', '12.3', '12 346', '–']);
});

test('a run replaces its older row on the page, and the other rows stay', async () => {
  const machine = { cpu: 'a | b', cores: 2, memoryGb: 8, system: 'linux x64', node: 'v24' };
  const run = (id: string, value: number): Run => ({
    figure: { id, title: id, values: [{ name: 'n', value, unit: 'ms' }], baseline: [], goals: [], notes: [] },
    at: '2026-11-25T02:13:14.883Z',
    load: 1,
    database: { durable: false, answersAfterMs: null },
  });
  const page = '# Page\n\n<!-- measured: begin -->\n\n<!-- measured: end -->\n\nmore\n';
  const folder = await mkdtemp(join(tmpdir(), 'kluis-bench-page-'));
  try {
    const file = join(folder, 'page.md');
    await writeFile(file, page);
    await renewTable([run('B10', 4), run('B3', 1), run('B1', 2)], machine, file);
    await renewTable([run('B1', 30)], machine, file);
    const twice = await readFile(file, 'utf8');
    const rows = twice.split('\n').filter((line) => line.startsWith('| B'));
    expect(rows.map((row) => row.slice(0, 5).trim())).toEqual(['| B1', '| B3', '| B10']);
    expect(rows[0]).toContain('n: 30 ms');
    expect(rows[0]).toContain('a \\| b');
    expect(twice.endsWith('\n\nmore\n')).toBe(true);
    await writeFile(file, '# Page');
    await expect(renewTable([], machine, file)).rejects.toThrow(/no place/);
    expect(await readFile(file, 'utf8')).toBe('# Page');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
