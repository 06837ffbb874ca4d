/**
 * Whether a VM could be restored today, based only on what was read, by the rules that a restore itself follows. Pure.
 * That a point which its policy has just made can be restored is taken from Azure's list of protected items.
 */
import type { RecoveryPoint } from '../../azure/gateway.ts';
import { groupIdOf, groupOf, keyOfId } from '../../core/arm-id.ts';
import { isBroughtBack, locksDisks } from '../../readiness/lost-keys.ts';
import type { PolicyRuns } from '../../readiness/next-run.ts';
import { dailyRestores, pointTiers, restoresOf } from '../../readiness/restores/restore-points.ts';
import { stagingOf } from '../../readiness/staging.ts';
import { areKeysLost, type Checked } from './checked.ts';
import type { HeldVm } from './forecast-facts.ts';
import { whyOf, type Why } from './outlook.ts';
import { restoreSubscription, usesAde, type RestoreFacts } from './restore-facts.ts';
import { placeKey } from './restore-rights.ts';

/**
 * By cause. `impossible` and `unread` empty: everything was read, and it could be restored. `risks`: it can be, but
 * from an old point, or not if its region is gone. `bringsKeys`: a restore brings back those of its keys that are gone.
 */
export type RestoreOutlook = {
  readonly impossible: readonly Why[];
  readonly risks: readonly Why[];
  readonly unread: readonly Why[];
  readonly bringsKeys: boolean;
};

type Part = Partial<RestoreOutlook>;

/**
 * A restore of the newest recovery point, as Kluis would do it. `runs`: those of the VM's policy; null: it wasn't read.
 */
export function restoreOutlook(
  held: HeldVm,
  facts: RestoreFacts,
  runs: Pick<PolicyRuns, 'missed'> | null,
): RestoreOutlook {
  if (held.beyond !== null)
    return { impossible: [], risks: [], unread: [{ own: 'beyond', about: String(held.beyond) }], bringsKeys: false };
  const all = [
    pointOutlook(held, runs),
    limitOutlook(held, facts),
    rightOutlook(held, facts),
    guardOutlook(held, facts),
    accountOutlook(held, facts),
    regionOutlook(held, facts),
    keyOutlook(held, facts),
  ];
  return {
    impossible: all.flatMap(({ impossible = [] }) => impossible),
    risks: all.flatMap(({ risks = [] }) => risks),
    unread: all.flatMap(({ unread = [] }) => unread),
    bringsKeys: all.some(({ bringsKeys }) => bringsKeys),
  };
}

/** The newest point that can be restored; null: there is none, or the points weren't read. */
function newestOf({ points }: HeldVm): RecoveryPoint | null {
  const offered = points?.ok ? points.value.filter((point) => pointTiers(point).blocked === null) : [];
  return offered.toSorted((a, b) => b.time.getTime() - a.time.getTime())[0] ?? null;
}

function pointOutlook(held: HeldVm, runs: Pick<PolicyRuns, 'missed'> | null): Part {
  const { item, policy, points } = held;
  const unread: Why[] = points?.ok === false ? [{ own: 'points-unread', about: item.friendlyName }] : [];
  const newest = newestOf(held);
  const last = newest?.time ?? item.lastRecoveryPoint;
  const isNone = points?.ok ? newest === null : item.lastRecoveryPoint === null;
  if (isNone || last === null) return { impossible: [{ own: 'no-point', about: item.friendlyName }] };
  const missed = runs && runs.missed(last);
  if (missed === null) return { unread: [...unread, { own: 'schedule-unread', about: item.policyName ?? '' }] };
  if (!missed) return { unread };
  const every = policy ? { every: policy.schedule.frequency } : {};
  return {
    risks: [{ own: 'old-point', about: last.toISOString(), ...every }],
    // Old points may have expired, which their item doesn't say.
    unread: points === null ? [{ own: 'points-unread', about: item.friendlyName }] : unread,
  };
}

/** Azure restores a VM only so often within 24 hours. */
function limitOutlook({ item, vault }: HeldVm, { jobs }: RestoreFacts): Part {
  const read = jobs.get(keyOfId(vault.id));
  if (!read?.ok) return { unread: [{ own: 'restores-unread', about: vault.name }] };
  const isUsedUp = restoresOf(read.value, item.ref) >= dailyRestores;
  return isUsedUp ? { impossible: [{ own: 'used-up', about: String(dailyRestores) }] } : {};
}

/** At the vault, at the VM's group, and somewhere in the region for staging and for the restored disks. */
function rightOutlook(held: HeldVm, { rights }: RestoreFacts): Part {
  const { vault, item } = held;
  if (rights === null) return { impossible: [{ own: 'no-identity', about: '' }] };
  const { resourceGroup = '' } = groupOf(item.vmId) ?? {};
  const targets = held.keys?.is === 'back' && held.keys.makesVersions ? rights.keyTargets : rights.targets;
  const places = [
    { own: 'no-right', about: vault.name, held: rights.vaults.get(keyOfId(vault.id)) },
    { own: 'no-right-group', about: resourceGroup, held: rights.groups.get(keyOfId(groupIdOf(item.vmId) ?? '')) },
    { own: 'no-right-staging', about: vault.region, held: rights.staging.get(placeKey(held)) },
    { own: 'no-right-target', about: vault.region, held: targets.get(placeKey(held)) },
  ] as const;
  const lacking = places.filter((place) => place.held === 'lacking');
  const unread = places.filter((place) => place.held !== 'held' && place.held !== 'lacking');
  return {
    impossible: lacking.map(({ own, about }) => ({ own, about })),
    unread: unread.map(({ own, about }) => ({ own: unreadRights[own], about })),
  };
}

const unreadRights = {
  'no-right': 'right-unread',
  'no-right-group': 'right-unread',
  'no-right-staging': 'right-staging-unread',
  'no-right-target': 'right-target-unread',
} as const;

/** Restores wait until its owners let Kluis through. */
function guardOutlook({ vault }: HeldVm, { guards }: RestoreFacts): Part {
  const guard = guards.get(keyOfId(vault.id));
  if (guard?.is === 'shut') return { impossible: [{ own: 'guarded', about: guard.guard }] };
  return guard?.is === 'none' || guard?.is === 'open' ? {} : { unread: [{ own: 'guard-unread', about: vault.name }] };
}

/** With the vault's identity an account may have a firewall, but then Kluis can't read the keys that are left there. */
function accountOutlook(held: HeldVm, { accounts }: RestoreFacts): Part {
  const { region, systemIdentity: vaultIdentity } = held.vault;
  const read = accounts.get(restoreSubscription(held));
  if (!read?.ok) return { unread: [{ own: 'accounts-unread', about: region }] };
  const isLocked = isEncrypted(held) !== false;
  const isThere = read.value.some((account) => {
    const { unfit, byIdentity } = stagingOf(account, { region, vaultIdentity });
    return unfit === null && !(byIdentity && isLocked);
  });
  return isThere ? {} : { impossible: [{ own: 'no-account', about: region }] };
}

/** Whether the disks of the newest point need keys; null: unknown. */
function isEncrypted(held: HeldVm): boolean | null {
  const newest = newestOf(held);
  if (newest && newest.encrypted !== null) return newest.encrypted;
  const { assessment } = held;
  return !assessment || assessment.encryption.kind === 'unknown' ? null : usesAde(assessment);
}

/** If the whole region is gone, only copies in another one are left. */
function regionOutlook({ vault }: HeldVm, { secondRegion }: RestoreFacts): Part {
  if (!secondRegion) return {};
  if (vault.redundancy === null) return { unread: [{ own: 'second-region-unread', about: vault.name }] };
  return isInTwoRegions(vault.redundancy) ? {} : { risks: [{ own: 'no-second-region', about: vault.name }] };
}

/** In Azure's words: `GeoRedundant`, `GeoZoneRedundant`; the others stay in one region. */
function isInTwoRegions(redundancy: string): boolean {
  return /^Geo/i.test(redundancy);
}

/** Without their keys restored disks stay locked. Keys that a restore brings back don't block it. */
function keyOutlook(held: HeldVm, { rights }: RestoreFacts): Part {
  const { assessment, item } = held;
  if (newestOf(held)?.encrypted === false) return {};
  const notKnown: Part = { unread: [{ own: 'keys-unread', about: item.friendlyName }] };
  if (!assessment || assessment.encryption.kind === 'unknown') return notKnown;
  const unread = assessment.findings.find(
    ({ verdict, code, aside }) =>
      verdict === 'unknown' && !aside && /^(encryption|key-vault|kek-version|secret)\./.test(code),
  );
  const more: Part = unread ? { unread: [whyOf(unread)] } : {};
  const lost = assessment.findings.filter(locksDisks);
  const [gone] = lost.filter((one) => rights === null || !isBroughtBack(one));
  if (gone) return { ...more, impossible: [whyOf(gone)] };
  return areKeysLost(assessment) ? { ...more, ...comingBack(held, assessment) } : more;
}

/** What a restore itself found on the way to them. */
function comingBack({ keys, item }: HeldVm, { findings }: Checked): Part {
  switch (keys?.is) {
    case 'back':
      return { bringsKeys: findings.some(locksDisks) };
    case 'shut':
      return { impossible: [{ own: 'keys-shut', about: keys.keyVault }] };
    case 'taken':
      return { impossible: [{ own: 'keys-taken', about: keys.keyVault }] };
    case 'disabled':
      return { impossible: findings.filter(locksDisks).slice(0, 1).map(whyOf) };
    default:
      return { unread: [{ own: 'keys-unread', about: item.friendlyName }] };
  }
}
