import type { AzureCli } from './azure-cli.ts';
import { cameTo, type CameTo } from './came-to.ts';
import { newEstate } from './estate.ts';
import { filled } from './filled.ts';
import type { Try } from './try.ts';
import { tries } from './tries.ts';

/** A command as it was typed, what it came to, and what is wrong with that. */
export type Tried = CameTo & { readonly typed: string; readonly how: Try; readonly faults: readonly string[] };

/** How a command is tried: by the first try that fits it. */
export function tryFor(line: string): Try | undefined {
  return tries.find(({ when }) => when.test(line));
}

/** Types a shown command into a shell, in an estate in which it makes sense. Throws if nothing says how to try it. */
export async function tryCommand(cli: AzureCli, line: string): Promise<Tried> {
  const how = tryFor(line);
  if (!how) throw new Error(`no try fits: ${line}`);
  const known = await newEstate(cli);
  const typed = filled(line, { ...known, ...((await how.before?.(cli, line)) ?? {}) });
  const came = await cameTo(cli, typed);
  return { ...came, typed, how, faults: faultsOf(how, came) };
}

function faultsOf({ changes, asks, shows, onlySent }: Try, { code, out, err, asked, changed }: CameTo): string[] {
  const lacks = (what: string, wanted: RegExp | undefined, lines: readonly string[]) =>
    wanted === undefined || lines.some((line) => wanted.test(line)) ? [] : [`${what} nothing like ${wanted}`];
  return [
    ...(code === 0 || onlySent !== undefined ? [] : [`exit code ${code}: ${err.trim()}`]),
    ...lacks('changed', changes, changed),
    ...lacks('asked', asks, asked),
    ...lacks('printed', shows, [out]),
  ];
}
