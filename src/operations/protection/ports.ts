import type { ProtectedItem, VaultFacts } from '../../azure/gateway.ts';
import { perVault, readVaults } from '../../azure/partial-read.ts';
import { keyOfId, parseArmId, sameId } from '../../core/arm-id.ts';
import { isRefusal } from '../../core/refusal.ts';
import { isNamedBy, parseTarget, type Target } from '../../core/vm-target.ts';
import { tried } from '../../readiness/gather/reader.ts';
import type { Estate } from '../estate.ts';
import { backupPorts } from '../protect/ports.ts';
import type { Backups, Found, ProtectionPorts, Resume, Wish } from './found.ts';
import { standingOf, type Standing } from './standing.ts';

/** What each of them begins from, the one it means first. */
const wanted: Readonly<Record<Wish, readonly Standing[]>> = {
  'stop-protection': ['on', 'stopped', 'deleted'],
  'resume-protection': ['stopped', 'on', 'deleted'],
  undelete: ['deleted', 'stopped', 'on'],
};

/** Finds the backups of a VM in the vaults, whether or not the VM still exists. */
export function protectionPorts(estate: Estate): ProtectionPorts {
  return {
    find: async (asked, wish) => {
      const target = parseTarget(asked);
      return isRefusal(target) ? { backups: null, several: [], unread: [] } : find(estate, target, wish);
    },
  };
}

type Held = { readonly vault: VaultFacts; readonly item: ProtectedItem };

async function find(estate: Estate, target: Target, wish: Wish): Promise<Found> {
  const { reads, subscriptions } = estate;
  const vaults = await readVaults(reads, subscriptions);
  const lists = await perVault(vaults.read, async (vault) =>
    (await reads.protectedItems(vault.id)).map((item) => ({ vault, item })),
  );
  const unread = [...vaults.unread, ...lists.unread];
  const named = lists.read.flat().filter(({ item }) => isNamed(item, target));
  const rank = ({ item }: Held) => wanted[wish].indexOf(standingOf(item));
  const [first, ...rest] = named.toSorted((a, b) => rank(a) - rank(b));
  if (!first) return { backups: null, several: [], unread };
  const others = rest.filter(({ item }) => keyOfId(item.vmId) !== keyOfId(first.item.vmId));
  if (others.length > 0) return { backups: null, several: namesOf([first, ...others]), unread };
  return { backups: await told(estate, first, wish), several: [], unread };
}

function isNamed({ vmId, friendlyName }: ProtectedItem, target: Target): boolean {
  const { name = friendlyName, resourceGroup = '' } = parseArmId(vmId) ?? {};
  return isNamedBy({ id: vmId, name, resourceGroup }, target);
}

function namesOf(held: readonly Held[]): string[] {
  return [...new Set(held.map(({ item }) => groupAndName(item)))].sort();
}

function groupAndName({ vmId, friendlyName }: ProtectedItem): string {
  const parsed = parseArmId(vmId);
  return parsed ? `${parsed.resourceGroup}/${parsed.name}` : friendlyName;
}

async function told(estate: Estate, { vault, item }: Held, wish: Wish): Promise<Backups> {
  const { reads } = estate;
  const standing = standingOf(item);
  const name = parseArmId(item.vmId)?.name ?? item.friendlyName;
  const none = 'none' as const;
  const [namesakes, points, guard, resume] = await Promise.all([
    estate.vms.named(name),
    tried(() => reads.recoveryPoints(item.ref)),
    wish === 'stop-protection' ? guardOf(estate, vault) : none,
    wish === 'resume-protection' && standing === 'stopped' ? resumeOf(estate, item) : null,
  ]);
  const listed = namesakes.find(({ id }) => sameId(id, item.vmId));
  const times = points.ok ? points.value.map(({ time }) => time.getTime()) : [];
  return {
    vm: { id: listed?.id ?? item.vmId, name, os: null, tags: listed?.tags ?? null },
    calledAs: namesakes.some((vm) => vm !== listed) ? groupAndName(item) : name,
    ref: item.ref,
    vaultName: vault.name,
    standing,
    policyName: item.policyName === '' ? null : item.policyName,
    points: points.ok ? points.value.length : null,
    lastPoint: times.length > 0 ? new Date(Math.max(...times)).toISOString() : null,
    hoursLeft: item.softDeleted?.remainingHours ?? null,
    guard,
    resume,
  };
}

/** Azure CLI's name for it; a guard may be told to leave it out. */
const stopping = /protectedItems\/write#stopProtectionWithRetainData$/i;

async function guardOf({ reads }: Estate, vault: VaultFacts): Promise<Backups['guard']> {
  if (!vault.multiUserAuthorization) return 'none';
  const read = await tried(() => reads.guardedOperations(vault.id));
  if (!read.ok || read.value.length === 0) return 'unread';
  const guarded = read.value.find(({ operation }) => stopping.test(operation));
  return guarded ? { request: guarded.request } : 'none';
}

/** The VM is judged as for a backup; that its protection is stopped is no obstacle here. */
async function resumeOf(estate: Estate, { vmId, ref }: ProtectedItem): Promise<Resume> {
  const { assessment } = await backupPorts(estate).reading(vmId, { vaultId: ref.vaultId });
  const { vaults, policies } = assessment.destinations;
  const ofVault = Object.entries(policies).find(([id]) => sameId(id, ref.vaultId))?.[1] ?? [];
  const blocked = assessment.findings.find(
    ({ verdict, code }) => verdict === 'block' && !code.startsWith('protection.') && !code.startsWith('destination.'),
  );
  return {
    policies: ofVault.filter(({ fits }) => fits).map(({ id, name }) => ({ id, name })),
    preset: vaults.find(({ id }) => sameId(id, ref.vaultId))?.presetPolicyId ?? null,
    blocked: blocked ? { code: blocked.code, params: blocked.params } : null,
  };
}
