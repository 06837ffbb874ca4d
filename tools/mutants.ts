/**
 * `npm run mutants [-- --area approval --only id,id --jobs 2]`: makes one fault after another in a copy of the tree and
 * runs the tests that should notice. `--check` only looks whether each fault can still be made. Exit code 0: all were
 * noticed; 1: some weren't; 2: one can't be made any more, or it couldn't be run. What may survive, and why:
 * docs/internals/mutants.md.
 */
import { parseArgs } from 'node:util';
import { mutants } from './mutants/all.ts';
import type { Mutant } from './mutants/mutant.ts';
import { inCopy, occurrences, tryMutant, type Tried } from './mutants/try-mutant.ts';

const usage = 'Usage: npm run mutants [-- --area approval] [--only id,id] [--jobs 2] [--check]';
const root = new URL('..', import.meta.url).pathname;

type Wanted = { readonly some: readonly Mutant[]; readonly jobs: number; readonly check: boolean };

function wantedOf(args: readonly string[]): Wanted | null {
  try {
    const text = { type: 'string' } as const;
    const options = { area: text, only: text, jobs: text, check: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const areas = new Map(Object.entries(mutants));
    const inArea = values.area === undefined ? [...areas.values()].flat() : areas.get(values.area);
    const ids = values.only?.split(',');
    const some = inArea?.filter(({ id }) => ids === undefined || ids.includes(id)) ?? [];
    const jobs = Number(values.jobs ?? 1);
    if (some.length === 0 || !Number.isInteger(jobs) || jobs < 1) return null;
    return { some, jobs, check: values.check === true };
  } catch {
    return null;
  }
}

/** Those that can't be made: their text is gone, or there more than once, or two have one name. */
async function unmade(some: readonly Mutant[]): Promise<readonly string[]> {
  const found = await Promise.all(
    some.map(async (one) => {
      const count = await occurrences(root, one);
      return count === 1 ? [] : [`${one.id}: its text is ${count} times in ${one.file}`];
    }),
  );
  const ids = some.map(({ id }) => id);
  return [...found.flat(), ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id}: the name of two`)];
}

async function tryAll({ some, jobs }: Wanted): Promise<readonly Tried[]> {
  const left = [...some];
  const tried: Tried[] = [];
  const work = async (copy: string) => {
    for (let one = left.shift(); one; one = left.shift()) {
      const is = await tryMutant(copy, one);
      tried.push(is);
      console.log(`${is.is.padEnd(8)} ${one.id}: ${is.is === 'killed' ? is.by : `${one.breaks} (${one.file})`}`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, () => inCopy(root, work)));
  return tried;
}

const wanted = wantedOf(process.argv.slice(2));
if (wanted === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const gone = await unmade(wanted.some);
  if (gone.length > 0) {
    console.error(gone.join('\n'));
    process.exitCode = 2;
  } else if (wanted.check) {
    console.log(`${wanted.some.length} mutants can be made`);
  } else {
    const tried = await tryAll(wanted);
    const survived = tried.filter(({ is }) => is === 'survived');
    console.log(`${tried.length - survived.length} killed, ${survived.length} survived`);
    process.exitCode = survived.length > 0 ? 1 : 0;
  }
}
