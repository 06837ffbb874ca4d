import type { SimState } from '../state/state.ts';
import type { VmSpec } from '../state/state-compute.ts';
import { addProtected, type PastPlan } from './protected.ts';

type Short = Omit<PastPlan, 'vault'> & { group: string; name: string; vault?: string };

const PROTECTED: Short[] = [
  { group: 'rg-app', name: 'vm-app-02', policy: 'DefaultPolicy', at: '23:00', points: 14, encrypted: false },
  {
    group: 'rg-hr',
    name: 'vm-hr-01',
    policy: 'DefaultPolicy',
    at: '23:00',
    points: 10,
    encrypted: true,
    failedNights: 3,
  },
  {
    group: 'rg-hr',
    name: 'vm-hr-02',
    policy: 'DefaultPolicy',
    at: '23:00',
    points: 10,
    encrypted: true,
    failedNights: 2,
  },
  { group: 'rg-app', name: 'vm-dup-01', policy: 'DefaultPolicy', at: '23:00', points: 12, encrypted: false },
  {
    group: 'rg-neu',
    name: 'vm-neu-01',
    vault: 'rsv-prod-neu',
    policy: 'DefaultPolicy',
    at: '23:00',
    points: 12,
    encrypted: false,
  },
];

/** Protects the protected VMs of the estate, with their history. */
export function contosoProtection(state: SimState, now: Date): void {
  const decade = { group: 'rg-app', name: 'vm-app-01', policy: 'decade', at: '22:30', points: 14, encrypted: true };
  for (const plan of [{ ...decade, older: yearlyPoints(now) }, ...PROTECTED]) {
    addProtected(state, vmNamed(state, plan.group, plan.name), { vault: 'rsv-prod-weu', ...plan, now });
  }
}

/** First Sundays of January, newest first: what `decade` keeps. The oldest is from before 26 April 2017. */
function yearlyPoints(now: Date): string[] {
  const years = Array.from({ length: Math.min(9, now.getUTCFullYear() - 2017) }, (_, back) => 2017 + back).reverse();
  return years.map((year) => {
    const first = new Date(Date.UTC(year, 0, 1));
    const sunday = 1 + ((7 - first.getUTCDay()) % 7);
    return `${year}-01-0${sunday}T22:30:11.4183207Z`;
  });
}

function vmNamed(state: SimState, resourceGroup: string, name: string): VmSpec {
  const found = state.vms.find((vm) => vm.name === name && vm.resourceGroup === resourceGroup);
  if (!found) throw new Error(`the estate has no VM ${resourceGroup}/${name}`);
  return found;
}
