/** The table of docs/internals/benchmarks.md: rows of this run's measurements are updated, the others stay. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isMet } from './figure.ts';
import type { Machine } from './machine.ts';
import { boundOf, reachedOf, withUnit, type Run } from './report.ts';

const benchmarks = fileURLToPath(new URL('../../docs/internals/benchmarks.md', import.meta.url));
const begin = '<!-- measured: begin -->';
const end = '<!-- measured: end -->';
const head = [
  '| id | what | measured | beside it | goal | | load | when, on what |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
];

/** Writes the runs into the page; throws if the page has no place for them, and leaves it unchanged. */
export async function renewTable(runs: readonly Run[], machine: Machine, page: string = benchmarks): Promise<void> {
  await writeFile(page, withRows(await readFile(page, 'utf8'), runs, machine));
}

/** The page's text with the rows of these runs instead of older ones. Pure. */
function withRows(text: string, runs: readonly Run[], machine: Machine): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`docs/internals/benchmarks.md has no place for the table (${begin} … ${end})`);
  const rows = new Map<string, string>();
  for (const line of text.slice(from, to).split('\n')) {
    const id = /^\| (B\d[^|]*?) +\|/.exec(line)?.[1];
    if (id) rows.set(id, line);
  }
  for (const run of runs) rows.set(nameOf(run), rowOf(run, machine));
  const sorted = [...rows]
    .sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .map(([, row]) => row);
  const main = `${text.slice(0, from)}${begin}\n\n${[...head, ...sorted].join('\n')}\n\n${text.slice(to)}`;
  return runs.reduce(withOwnTable, main);
}

/** The page's text with a measurement's own table, where the page has a place for it. */
function withOwnTable(text: string, { figure: { id, table } }: Run): string {
  const [own, close] = [`<!-- ${id}: begin -->`, `<!-- ${id}: end -->`];
  const [from, to] = [text.indexOf(own), text.indexOf(close)];
  if (!table || from < 0 || to < from) return text;
  const lines = [table.head, table.head.map(() => '---'), ...table.rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${text.slice(0, from)}${own}\n\n${lines.join('\n')}\n\n${text.slice(to)}`;
}

/** The same measurement on another kind of database has its own row. */
function nameOf({ figure, database: { durable, answersAfterMs } }: Run): string {
  return [figure.id, ...(durable ? ['fsync'] : []), ...(answersAfterMs ? [`${answersAfterMs} ms to it`] : [])].join(
    ', ',
  );
}

function rowOf(run: Run, machine: Machine): string {
  const { figure, at, load } = run;
  const { title, values, baseline, goals } = figure;
  const list = (all: typeof values) => all.map((value) => `${value.name}: ${withUnit(value)}`).join('<br>');
  const cells = [
    nameOf(run),
    title,
    list(values),
    list(baseline),
    goals.map((goal) => `${goal.text} ${boundOf(goal)}: **${reachedOf(goal)}**`).join('<br>'),
    goals.map((goal) => (isMet(goal) ? '✔' : '✘')).join('<br>'),
    String(load),
    `${at.slice(0, 16).replace('T', ' ')} UTC, ${machine.cores} cores, ${machine.cpu}, ${machine.memoryGb} GB, Node ${machine.node}`,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
