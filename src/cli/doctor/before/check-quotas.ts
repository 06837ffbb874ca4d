import { z } from 'zod';
import { mapFault } from '../../../azure/arm/map-fault.ts';
import { AzureFault } from '../../../azure/faults.ts';
import { ok, problem, unknown, type Finding } from '../finding.ts';
import type { BeforeLine } from './before-line.ts';

const about = 'Quota';

/** Older responses of Container Apps call `currentValue` `usage`, as the tests of azure-cli show. */
const usageShape = z.object({
  name: z.object({ value: z.string() }),
  currentValue: z.number().optional(),
  usage: z.number().optional(),
  limit: z.number(),
});

/** What the template creates one of, and the quotas that this counts towards: the smallest server is one vCore. */
const counted = [
  {
    what: 'an environment of Container Apps',
    provider: 'Microsoft.App',
    list: 'usages?api-version=2025-01-01',
    names: ['managedenvironmentcount'],
  },
  {
    what: 'a PostgreSQL server',
    provider: 'Microsoft.DBforPostgreSQL',
    list: 'resourceType/flexibleServers/usages?api-version=2025-08-01',
    names: ['cores', 'standardbsfamily'],
  },
] as const;

type Place = {
  readonly subscription: string;
  /** As written on the command line: `westeurope`; null: not given. */
  readonly region: string | null;
};

/** Whether the region has room left for what a deployment creates there. */
export async function checkQuotas(line: BeforeLine, { subscription, region }: Place): Promise<readonly Finding[]> {
  if (region === null)
    return [unknown(about, 'no region was named', 'Say which: npm run doctor -- --before --region <region>')];
  const asked = await Promise.all(counted.map((one) => usagesOf(line, one, { subscription, region })));
  const room = counted.filter((_, at) => asked[at]?.every(isFree)).map(({ what }) => what);
  return [
    ...(room.length > 0 ? [ok(about, `${region} has room for ${room.join(' and ')}`)] : []),
    ...counted.flatMap((one, at) => lackOf(one, asked[at] ?? null, { subscription, region })),
  ];
}

type Counted = (typeof counted)[number];
type Usage = { readonly name: string; readonly used: number; readonly limit: number };

/** The quotas that matter for it; null: they can't be read, or Azure doesn't list one of them. */
async function usagesOf(line: BeforeLine, one: Counted, at: Required<Place>): Promise<readonly Usage[] | null> {
  const path = `${scopeOf(one, at)}/${one.list}`;
  try {
    const listed = (await line.list(path)).map((usage) => usageShape.parse(usage));
    const named = (name: string) => listed.find(({ name: { value } }) => value.toLowerCase() === name);
    const found = one.names.flatMap((name) => named(name) ?? []);
    return found.length < one.names.length ? null : found.map(usageOf);
  } catch (error) {
    if (mapFault(error, 'reading quotas') instanceof AzureFault) return null;
    throw error;
  }
}

function usageOf({ name, currentValue, usage, limit }: z.infer<typeof usageShape>): Usage {
  return { name: name.value, used: currentValue ?? usage ?? 0, limit };
}

function scopeOf({ provider }: Counted, { subscription, region }: Place): string {
  return `/subscriptions/${subscription}/providers/${provider}/locations/${region?.toLowerCase().replaceAll(' ', '')}`;
}

function isFree({ used, limit }: Usage): boolean {
  return limit - used >= 1;
}

function lackOf(one: Counted, usages: readonly Usage[] | null, at: Place): Finding[] {
  const look = `az quota usage list --scope ${scopeOf(one, at)} -o table; ask for more at portal.azure.com, Quotas`;
  if (usages === null) return [unknown(about, `the quota for ${one.what} can't be read`, look)];
  return usages
    .filter((usage) => !isFree(usage))
    .map(({ name, used, limit }) =>
      problem(about, `${at.region} has no room for ${one.what}: ${used} of ${limit} are used (${name})`, look),
    );
}
