/** The cards of `/backup restore`, `stop`, `resume` and `undelete`, rendered by the product. */
import type { RenderContext } from '../../../src/message/card-data.ts';
import { drawProtection } from '../../../src/operations/backup/protection/card.ts';
import type { Backups, Change } from '../../../src/operations/backup/protection/found.ts';
import { drawDrill } from '../../../src/operations/drill/drill/card.ts';
import type { FoundForDrill as DrillFound } from '../../../src/operations/drill/drill/found.ts';
import { drawReplace } from '../../../src/operations/restore/replace-disks/card.ts';
import type { ReplaceKnown } from '../../../src/operations/restore/replace-disks/choice.ts';
import { drawRestore } from '../../../src/operations/restore/restore-disks/card.ts';
import type { RestoreKnown } from '../../../src/operations/restore/restore-disks/choice.ts';
import type {
  Consequences,
  Destinations,
  Networks,
  Restorable,
} from '../../../src/operations/restore/restore-disks/found.ts';
import * as f from '../../readiness/support/facts.ts';
import { drawn, now, type Kinds } from './readiness-kinds.ts';

const vm = { id: f.vmId('rg-app', 'vm-app-01'), name: 'vm-app-01', os: null, tags: {} };
const ref = { vaultId: f.vaultId('rsv-prod-weu'), container: 'IaasVMContainer;c', item: 'VM;c' };
const policies = ['DefaultPolicy', 'gold'].map((name) => ({ id: `${ref.vaultId}/backupPolicies/${name}`, name }));

/** Backups in progress. */
export const backups: Backups = {
  vm,
  calledAs: vm.name,
  ref,
  vaultName: 'rsv-prod-weu',
  standing: 'on',
  policyName: 'DefaultPolicy',
  points: 14,
  lastPoint: '2026-11-23T23:04:00.000Z',
  hoursLeft: null,
  guard: 'none',
  guardOwners: null,
  resume: null,
};

function standing(look: RenderContext, change: Change, over: Partial<Backups>) {
  const found = { backups: { ...backups, ...over }, several: [], unread: [] };
  const known = { args: [vm.name], found, policy: policies[0]!.id };
  return drawProtection({ ...drawn(look), known, next: 'go' } as never, change);
}

/** The same once they are stopped. */
export const stopped = {
  standing: 'stopped' as const,
  resume: { policies, preset: policies[0]!.id, blocked: null },
};

const point = (name: string, daysAgo: number, more: object = {}) => ({
  name,
  time: new Date(now.getTime() - daysAgo * 86_400_000).toISOString(),
  consistency: 'AppConsistent',
  encrypted: true,
  size: 'Standard_D4s_v5',
  disks: 2,
  tiers: ['InstantRP', 'HardenedRP'],
  archived: false,
  blocked: null,
  ...more,
});

/** Backups that can be restored. */
export const restorable: Restorable = {
  vm,
  calledAs: vm.name,
  keyVaults: [],
  ref,
  vaultName: 'rsv-prod-weu',
  region: 'westeurope',
  deleted: false,
  hoursLeft: null,
  points: [
    point('1', 0.2),
    point('2', 1.2),
    point('3', 400, { tiers: ['ArchivedRP'], archived: true }),
    point('4', 401, { blocked: 'invalid' }),
  ],
  more: 0,
  day: null,
  today: 1,
  guard: 'none',
  guardOwners: null,
  keys: [],
  deletedKeyVaults: [],
  keysSince: null,
  mayRestore: true,
  ade: 'yes',
  beyondAde: null,
  vaultIdentity: false,
};
/** The same without Azure Disk Encryption. */
export const plain: Restorable = {
  ...restorable,
  points: restorable.points.map((one) => ({ ...one, encrypted: false })),
  ade: 'no',
};
const group = { id: '/subscriptions/s/resourceGroups/rg-restore', name: 'rg-restore' };
const account = { id: `${group.id}/providers/Microsoft.Storage/storageAccounts/stkluisweu`, name: 'stkluisweu' };
const destinations: Destinations = {
  groups: [group],
  accounts: [
    { ...account, unfit: null },
    { id: `${account.id}2`, name: 'stclosedweu', unfit: 'firewall' },
  ],
};
const target = { group: group.id, account: account.id, reason: 'a table was dropped', make: 'disks' as const };

/** A card of the dialog. */
export function restoring(
  look: RenderContext,
  next: string,
  over: Partial<RestoreKnown> & { restorable?: Restorable } = {},
) {
  const { restorable: found = restorable, ...more } = over;
  const known = { args: [vm.name], found: { restorable: found, several: [], unread: [] }, ...more };
  return drawRestore({ ...drawn(look), known, next } as never);
}

const person = '00000000-0000-0000-0000-0000000000c1';
const consequences: Consequences = {
  who: [
    { id: 'b1', kind: 'Group', exports: true, roles: [{ role: 'Contributor', scope: group.id }] },
    { id: person, kind: 'User', exports: false, roles: [{ role: 'Reader', scope: '/subscriptions/s' }] },
  ],
  told: { names: { b1: 'Backup operators' }, cost: { currency: 'EUR', disks: 41.2, staging: null } },
  prices: { currency: 'EUR', disks: { Premium_LRS: 0.13 }, staging: 0.05, vms: { standard_d4s_v5: 140 } },
};
const gone = { code: 'key-vault.gone', params: { keyVault: 'kv-hr-weu' } };
/** Everything chosen. */
export const chosen = { point: '1', destinations, target, consequences, problems: [] };

const sizes = {
  was: 'Standard_D4s_v5',
  hasWas: true,
  wasRoom: { of: 'standardDSv5Family', needs: 4, left: 2 },
  others: ['Standard_D2s_v5', 'Standard_D2as_v5'].map((name) => ({
    ...{ name, vCpus: 2, memoryGiB: 8, maxDataDisks: 4, room: 'enough' as const },
  })),
  more: 12,
  tooSmallForAde: [],
};
const networks: Networks = {
  sizes,
  subnets: [
    {
      id: `${group.id}/providers/Microsoft.Network/virtualNetworks/vnet-prod-weu/subnets/snet-restore`,
      network: 'vnet-prod-weu',
      name: 'snet-restore',
      prefix: '10.10.9.0/24',
      free: 246,
    },
  ],
  taken: [],
};
/** The same for a new VM, including the last question. */
export const forVm = {
  point: '1',
  destinations,
  consequences,
  target: { ...target, make: 'vm' as const },
  networks,
  problems: [],
};
export const machine = { name: 'vm-app-01-restored', subnet: networks.subnets[0]!.id };

/** The disks that the VM has. */
export const current = { disks: [`${f.vmId('rg-app', 'vm-app-01')}_OsDisk_1`], deallocated: false };
/** A card of the dialog that replaces disks. */
function replacing(look: RenderContext, next: string, over: Partial<ReplaceKnown> & { restorable?: Restorable } = {}) {
  const { restorable: found = plain, ...more } = over;
  const known = { args: [vm.name, 'replace'], found: { restorable: found, several: [], unread: [] }, current, ...more };
  return drawReplace({ ...drawn(look), known, next } as never);
}
/** Everything chosen of a replacement. */
export const replaced = { point: '1', destinations, staging: { account: account.id, reason: 'ransomware' } };

/** A drill that nothing blocks. */
export function drillFound(over: Partial<DrillFound> = {}): DrillFound {
  const subnet = `${group.id}/providers/Microsoft.Network/virtualNetworks/vnet-drills-weu/subnets/snet-drills`;
  const setup = {
    group: `${group.id.replace('restore', 'drills')}`,
    subnet,
    staging: account.id,
    keepMs: 3_600_000,
    from: 'newest' as const,
    match: {},
    schedule: null,
  };
  return {
    ...{ restorable: plain, several: [], unread: [], setup, consequences },
    ...{ openings: [], lacks: [], taken: false, staged: true, ...over },
  };
}

/** A card of the dialog that asks for a drill. */
function drilling(look: RenderContext, over: Partial<DrillFound> = {}) {
  return drawDrill({ ...drawn(look), known: { args: [vm.name], found: drillFound(over) }, next: 'point' } as never);
}

/** By what they ask or say. */
export const restoreKinds: Kinds = {
  stop: (look) => standing(look, 'stop-protection', {}),
  'stop-guarded': (look) =>
    standing(look, 'stop-protection', {
      guard: { request: 'r' },
      guardOwners: { guard: 'guard-prod', who: ['Chris Meier'] },
    }),
  'stop-guard-unread': (look) => standing(look, 'stop-protection', { guard: 'unread' }),
  'stopped-already': (look) => standing(look, 'stop-protection', stopped),
  resume: (look) => standing(look, 'resume-protection', stopped),
  'resume-guarded': (look) => standing(look, 'resume-protection', { ...stopped, guard: { request: 'r' } }),
  undelete: (look) => standing(look, 'undelete', { standing: 'deleted', hoursLeft: 220 }),
  'restore-point': (look) => restoring(look, 'point'),
  'restore-many': (look) =>
    restoring(look, 'point', {
      restorable: { ...restorable, points: Array.from({ length: 60 }, (_, at) => point(`p${at}`, at)), more: 440 },
    }),
  'restore-day': (look) => restoring(look, 'point', { restorable: { ...restorable, day: '2026-11-20', more: 500 } }),
  'restore-no-day': (look) =>
    restoring(look, 'point', { restorable: { ...restorable, points: [], day: '2026-11-20', more: 500 } }),
  'restore-guarded': (look) =>
    restoring(look, 'point', {
      restorable: {
        ...restorable,
        guard: { request: 'r' },
        guardOwners: { guard: 'guard-prod', who: ['Chris Meier'] },
      },
    }),
  'restore-keys-gone': (look) => restoring(look, 'point', { restorable: { ...restorable, keys: [gone] } }),
  'restore-deleted': (look) =>
    restoring(look, 'point', { restorable: { ...restorable, deleted: true, hoursLeft: 220 } }),
  'restore-deleted-sure': (look) =>
    restoring(look, 'go', { ...chosen, restorable: { ...restorable, deleted: true, hoursLeft: 220 } }),
  'restore-target': (look) => restoring(look, 'target', { point: '1', destinations }),
  'restore-archived': (look) => restoring(look, 'target', { point: '3', destinations }),
  'restore-unread-readers': (look) =>
    restoring(look, 'go', { ...chosen, consequences: { who: null, told: { names: {}, cost: null } } }),
  'restore-sure': (look) => restoring(look, 'go', chosen),
  'restore-vm': (look) => restoring(look, 'machine', forVm),
  'restore-vm-size-gone': (look) =>
    restoring(look, 'machine', { ...forVm, networks: { ...networks, sizes: { ...sizes, hasWas: false } } }),
  'restore-vm-sized': (look) =>
    restoring(look, 'go', { ...forVm, machine: { ...machine, size: 'Standard_D2s_v5' }, restorable: plain }),
  'restore-vm-beyond-ade': (look) =>
    restoring(look, 'go', { ...forVm, machine, restorable: { ...restorable, beyondAde: { disks: 18, gib: 5120 } } }),
  'restore-vm-gone': (look) =>
    restoring(look, 'go', {
      ...forVm,
      machine,
      restorable: { ...restorable, ade: 'gone', beyondAde: 'unknown' },
      consequences: { ...consequences, told: { ...consequences.told, cost: null } },
    }),
  'restore-no-subnet': (look) => restoring(look, 'machine', { ...forVm, networks: { ...networks, subnets: [] } }),
  'restore-subnet-full': (look) =>
    restoring(look, 'machine', {
      ...forVm,
      networks: {
        ...networks,
        subnets: [...networks.subnets, { ...networks.subnets[0]!, id: 'full', name: 'snet-app', free: 0 }],
      },
    }),
  'restore-vm-directly': (look) => restoring(look, 'target', { point: '1', destinations, restorable: plain }),
  'restore-vm-directly-sure': (look) => restoring(look, 'go', { ...forVm, machine, restorable: plain }),
  'replace-point': (look) => replacing(look, 'point'),
  'replace-staging': (look) => replacing(look, 'staging', { point: '1', destinations }),
  'replace-sure': (look) => replacing(look, 'typed', { ...replaced, problems: [] }),
  'replace-refused': (look) =>
    replacing(look, 'typed', {
      ...replaced,
      problems: [{ code: 'UserErrorX', message: 'The storage account is in another region.', recommendations: [] }],
    }),
  'replace-not-ade': (look) => replacing(look, 'point', { restorable }),
  'drill-sure': (look) => drilling(look),
  'drill-open': (look) =>
    drilling(look, {
      openings: [
        { by: 'nat-gateway', name: 'nat-prod-weu' },
        { by: 'rule', name: 'AllowInternetOutBound' },
      ],
    }),
  'drill-no-rights': (look) => drilling(look, { lacks: ['Microsoft.Compute/virtualMachines/delete'] }),
  'drill-no-setup': (look) => drilling(look, { setup: null }),
  'restore-vm-sure': (look) => restoring(look, 'go', { ...forVm, machine }),
  'restore-refused': (look) =>
    restoring(look, 'go', {
      ...chosen,
      problems: [{ code: 'UserErrorX', message: 'The storage account is in another region.', recommendations: [] }],
    }),
};
