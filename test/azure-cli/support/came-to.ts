import type { AzureCli, Ran } from './azure-cli.ts';

/** What a command did: how the shell ended, what it printed, and what is different in Azure, a line for each. */
export type CameTo = Ran & { readonly asked: readonly string[]; readonly changed: readonly string[] };

/** Runs a command and looks at Azure before and after. */
export async function cameTo(cli: AzureCli, line: string): Promise<CameTo> {
  const before = flat(await cli.state());
  await cli.control('DELETE', 'requests');
  const ran = await cli.run(line);
  const asked = (await cli.writes()).map(({ method, path, status }) => `${status} ${method} ${path}`);
  return { ...ran, asked, changed: differences(before, flat(await cli.state())) };
}

/** What passes by itself or only counts. */
const idle = /^(sequence|activity|pending|operations|operationResults)\b/;

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const changed = [...after].flatMap(([place, now]) => {
    const was = before.get(place);
    return was === now ? [] : [was === undefined ? `${place} = ${now}` : `${place}: ${was} -> ${now}`];
  });
  const gone = [...before].flatMap(([place, was]) => (after.has(place) ? [] : [`${place} gone, was ${was}`]));
  return [...changed, ...gone].filter((line) => !idle.test(line));
}

/** Each value of the state by where it is; in lists, by the name of what it belongs to. */
function flat(value: unknown, place = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value !== 'object' || value === null) return found.set(place, JSON.stringify(value) ?? '');
  const named = Array.isArray(value)
    ? value.map((each, at) => [nameOf(each, at), each] as const)
    : Object.entries(value);
  for (const [name, each] of named) flat(each, place === '' ? name : `${place}.${name}`, found);
  return found;
}

function nameOf(each: unknown, at: number): string {
  const { name, id, vmId, vaultId, vault, version } = each as Record<string, unknown>;
  // Policies of several Recovery Services vaults have the same name.
  if (typeof vaultId === 'string' && typeof name === 'string') return `${vaultId.split('/').at(-1) ?? ''}/${name}`;
  const known =
    name ??
    id ??
    (typeof vmId === 'string' ? vmId.split('/').at(-1) : undefined) ??
    (vault as { name?: string })?.name ??
    version;
  return typeof known === 'string' ? known : String(at);
}
