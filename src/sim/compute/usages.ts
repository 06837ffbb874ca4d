import type { Call } from '../http/call.ts';
import type { JsonBody } from '../json.ts';
import { page } from '../http/paging.ts';
import { ArmRefusal, ok, type Reply } from '../http/reply.ts';
import type { SimState } from '../state/state.ts';
import { familiesIn, sizeIn } from './sizes.ts';

type Place = { readonly subscription: string; readonly location: string };
type Usage = { readonly name: string; readonly used: number; readonly limit: number };

/** A subscription's quota where `settings.quotas` doesn't say otherwise; real ones vary. */
const defaultLimit = 350;
const regional = 'cores';

/**
 * The vCPUs in use and their quotas, as `az vm list-usage` prints them (azure-docs, virtual-machines-common-quotas; the
 * tests of azure-cli have the body). VMs that are deallocated count too. Azure lists more kinds than these.
 */
export function listUsages(call: Call): Reply {
  const { sub: subscription = '', region: location = '' } = call.params;
  return ok(page<Usage>(call, usagesIn(call.world.state, { subscription, location }), usageBody));
}

function usagesIn(state: SimState, { subscription, location }: Place): readonly Usage[] {
  const region = location.toLowerCase().replaceAll(' ', '');
  const here = state.vms.filter((vm) => vm.subscription === subscription && vm.location === region);
  const sizes = here.flatMap(({ size }) => sizeIn(region, size) ?? []);
  const cores = (family: string | null) =>
    sizes.reduce((sum, one) => (family === null || one.family === family ? sum + one.vCpus : sum), 0);
  const limit = (name: string) => state.settings.quotas?.[name] ?? defaultLimit;
  return [
    { name: regional, used: cores(null), limit: limit(regional) },
    { name: 'virtualMachines', used: here.length, limit: 25_000 },
    ...familiesIn(region).map((name) => ({ name, used: cores(name), limit: limit(name) })),
  ];
}

function usageBody({ name, used, limit }: Usage): JsonBody {
  return { unit: 'Count', currentValue: used, limit, name: { value: name, localizedValue: called(name) } };
}

/** Azure's own texts are irregularly spaced: `Standard DSv5 Family vCPUs`. */
function called(name: string): string {
  if (name === regional) return 'Total Regional vCPUs';
  return name === 'virtualMachines'
    ? 'Virtual Machines'
    : name.replace(/^standard(.*)Family$/i, 'Standard $1 Family vCPUs');
}

/** Refuses a VM beyond a quota; the text is quoted in public reports (Azure/azure-cli, hashicorp's provider). */
export function enforceQuota(state: SimState, place: Place, size: string): void {
  const wanted = sizeIn(place.location, size);
  if (!wanted) return;
  const { family, vCpus } = wanted;
  for (const { name, used, limit } of usagesIn(state, place)) {
    if ((name !== regional && name !== family) || used + vCpus <= limit) continue;
    const what = name === regional ? 'Total Regional Cores' : `${name} Cores`;
    throw new ArmRefusal(
      409,
      'OperationNotAllowed',
      `Operation could not be completed as it results in exceeding approved ${what} quota. Additional details - Deployment Model: Resource Manager, Location: ${place.location}, Current Limit: ${limit}, Current Usage: ${used}, Additional Required: ${vCpus}, (Minimum) New Limit Required: ${used + vCpus}.`,
    );
  }
}
