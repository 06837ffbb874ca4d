/**
 * `npm run upgrade -- --from <git revision> [--minutes 10 --seed 1]`: two processes of that release on PostgreSQL, used
 * by people; processes of this release start beside them, the old ones end one by one, and back again. Then everything
 * comes to rest, and the invariants of the soak are checked. Exit code 0: all hold; 1: the broken ones are printed; 2:
 * it couldn't be run.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endLeftovers } from './bench/processes/child.ts';
import { load } from './bench/machine.ts';
import { checkOut } from './upgrade/other-release.ts';
import { upgradeInWords } from './upgrade/upgrade-report.ts';
import { upgrade, type UpgradePlan } from './upgrade/upgrade-run.ts';

const usage = 'Usage: npm run upgrade -- --from <git revision> [--minutes 10] [--seed 1] [--people 6] [--keep]';

type UpgradeArguments = Omit<UpgradePlan, 'from' | 'folder'> & { readonly from: string; readonly keep: boolean };

function planOf(args: readonly string[]): UpgradeArguments | null {
  try {
    const text = { type: 'string' } as const;
    const kinds = { from: text, minutes: text, seed: text, people: text, keep: { type: 'boolean' } } as const;
    const { values } = parseArgs({ args: [...args], options: kinds });
    const [minutes, people, seed] = [values.minutes ?? 10, values.people ?? 6, values.seed ?? 1].map(Number) as [
      number,
      number,
      number,
    ];
    // A leading dash would make it a git option.
    if (!values.from || values.from.startsWith('-')) return null;
    if (!(minutes > 0) || !(people > 0) || !Number.isInteger(seed)) return null;
    return { from: values.from, minutes, people, seed, keep: values.keep ?? false, say: (line) => console.log(line) };
  } catch {
    return null;
  }
}

const plan = planOf(process.argv.slice(2));
if (plan === null) {
  console.error(usage);
  process.exitCode = 2;
} else {
  const folder = await mkdtemp(join(tmpdir(), 'kluis-upgrade-'));
  try {
    console.log(`from ${plan.from}, seed ${plan.seed}, ${plan.minutes} minutes, load ${load()}`);
    const result = await upgrade({ ...plan, from: checkOut(plan.from, folder), folder });
    console.log(upgradeInWords(result));
    process.exitCode = result.found.length === 0 ? 0 : 1;
  } catch (error) {
    console.error(`The upgrade could not be made: ${error instanceof Error ? error.stack : String(error)}`);
    process.exitCode = 2;
    endLeftovers();
  } finally {
    if (plan.keep) console.log(`The log is in ${folder}`);
    else await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
