/** Whether a VM's next backup will work, and whether it could be restored today, based only on what was read. */
import type { PolicyFacts } from '../../azure/gateway.ts';
import { groupOf, keyOfId } from '../../core/arm-id.ts';
import type { Finding } from '../../readiness/findings/finding.ts';
import { isBroughtBack, locksDisks } from '../../readiness/lost-keys.ts';
import type { PolicyRuns } from '../../readiness/next-run.ts';
import { unfitForStaging } from '../../readiness/staging.ts';
import type { HeldVm, RestoreFacts } from './forecast-facts.ts';
import { groupIdOf, regionKey } from './restore-rights.ts';

/**
 * Why: what a check found, or what only a forecast shows. `gone`: there is no such VM; `nameless`: the vault doesn't
 * say which VM it has; the others are about a restore. `about`: the vault, the region, or when the newest point was
 * created (ISO text); `every`: how often the policy makes one.
 */
export type Why = { readonly finding: Pick<Finding, 'code' | 'params'> } | OwnWhy;

/** What only a forecast shows. */
export type OwnWhy = {
  readonly own: OwnCause;
  readonly about: string;
  readonly every?: PolicyFacts['schedule']['frequency'];
};

/** Causes that no check finds. */
type OwnCause =
  | 'gone'
  | 'nameless'
  | 'no-identity'
  | 'no-point'
  | 'old-point'
  | 'no-right'
  | 'no-right-group'
  | 'no-right-staging'
  | 'no-right-target'
  | 'no-account'
  | 'no-second-region'
  | 'second-region-unread'
  | 'schedule-unread'
  | 'right-unread'
  | 'right-staging-unread'
  | 'right-target-unread'
  | 'accounts-unread'
  | 'keys-unread';

/** `clear`: everything was read, and nothing blocks it. */
export type RunOutlook = {
  readonly state: 'fails' | 'at-risk' | 'unread' | 'clear';
  readonly why: Why | null;
};

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

/** Warnings that may end backups one of the next nights; the others cost something or have passed. */
const risks =
  /^(kek-version\.(expired|expires-soon|many)|secret\.(expired|expires-soon|other-version)|principal\.missing-proven|rights\..+-proven|rights\.policies-secrets-backup|extensions\.failed|locks\.(backup-group|vm-read-only)|protection\.other-vm)$/;

/**
 * The next run. It fails if Azure will refuse it; it is at risk from what blocks only Kluis or a person, and from what
 * may end backups soon. What couldn't be read is never clear.
 */
export function runOutlook({ item, assessment }: HeldVm): RunOutlook {
  if (assessment === null) return { state: 'unread', why: { own: 'nameless', about: item.friendlyName } };
  const { findings, protection } = assessment;
  const { works, because } = protection.tonight;
  const weighed = findings.filter(({ aside }) => !aside);
  const blocks = weighed.filter(({ verdict }) => verdict === 'block');
  // Without a VM there is nothing to back up, whatever the vault says.
  const isGone = blocks.some(({ code }) => code === 'vm.missing');
  if (isGone) return { state: 'fails', why: { own: 'gone', about: item.friendlyName } };
  const stop = works === 'no' ? blocks.find(({ code }) => code === because) : undefined;
  if (stop) return of('fails', stop);
  const unread = weighed.find(({ verdict }) => verdict === 'unknown');
  if (unread) return of('unread', unread);
  const risk = blocks[0] ?? weighed.find(({ verdict, code }) => verdict === 'warn' && risks.test(code));
  if (risk) return of('at-risk', risk);
  if (works === 'yes') return { state: 'clear', why: null };
  return of('unread', findings.find(({ code }) => code === because) ?? findings[0]);
}

function of(state: RunOutlook['state'], finding: Finding | undefined): RunOutlook {
  return { state, why: finding ? whyOf(finding) : null };
}

function whyOf({ code, params }: Finding): Why {
  return { finding: { code, params } };
}

/**
 * A restore of the newest recovery point, as Kluis would do it. `runs`: those of the VM's policy; null: it wasn't read.
 */
export function restoreOutlook(
  held: HeldVm,
  facts: RestoreFacts,
  runs: Pick<PolicyRuns, 'missed'> | null,
): RestoreOutlook {
  const all = [
    pointOutlook(held, runs),
    rightOutlook(held, facts),
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

function pointOutlook({ item, policy }: HeldVm, runs: Pick<PolicyRuns, 'missed'> | null): Partial<RestoreOutlook> {
  const last = item.lastRecoveryPoint;
  if (last === null) return { impossible: [{ own: 'no-point', about: item.friendlyName }] };
  const missed = runs && runs.missed(last);
  if (missed === null) return { unread: [{ own: 'schedule-unread', about: item.policyName ?? '' }] };
  if (!missed) return {};
  return {
    risks: [{ own: 'old-point', about: last.toISOString(), ...(policy && { every: policy.schedule.frequency }) }],
  };
}

/** At the vault, at the VM's group, and somewhere in the region for staging and for the restored disks. */
function rightOutlook({ vault, item }: HeldVm, { rights }: RestoreFacts): Partial<RestoreOutlook> {
  if (rights === null) return { impossible: [{ own: 'no-identity', about: '' }] };
  const { resourceGroup = '' } = groupOf(item.vmId) ?? {};
  const places = [
    { own: 'no-right', about: vault.name, held: rights.vaults.get(keyOfId(vault.id)) },
    { own: 'no-right-group', about: resourceGroup, held: rights.groups.get(keyOfId(groupIdOf(item.vmId) ?? '')) },
    { own: 'no-right-staging', about: vault.region, held: rights.staging.get(regionKey(vault)) },
    { own: 'no-right-target', about: vault.region, held: rights.targets.get(regionKey(vault)) },
  ] as const;
  const lacking = places.filter(({ held }) => held === 'lacking');
  const unread = places.filter(({ held }) => held !== 'held' && held !== 'lacking');
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

function accountOutlook({ vault }: HeldVm, { accounts }: RestoreFacts): Partial<RestoreOutlook> {
  const { region } = vault;
  const read = accounts.get(vault.subscription.toLowerCase());
  if (!read?.ok) return { unread: [{ own: 'accounts-unread', about: region }] };
  const isThere = read.value.some((account) => unfitForStaging(account, region) === null);
  return isThere ? {} : { impossible: [{ own: 'no-account', about: region }] };
}

/** If the whole region is gone, only copies in another one are left. */
function regionOutlook({ vault }: HeldVm, { secondRegion }: RestoreFacts): Partial<RestoreOutlook> {
  if (!secondRegion) return {};
  if (vault.redundancy === null) return { unread: [{ own: 'second-region-unread', about: vault.name }] };
  return isInTwoRegions(vault.redundancy) ? {} : { risks: [{ own: 'no-second-region', about: vault.name }] };
}

/** In Azure's words: `GeoRedundant`, `GeoZoneRedundant`; the others stay in one region. */
function isInTwoRegions(redundancy: string): boolean {
  return /^Geo/i.test(redundancy);
}

/** Without their keys restored disks stay locked. Keys that a restore brings back don't block it. */
function keyOutlook({ assessment, item }: HeldVm, { rights }: RestoreFacts): Partial<RestoreOutlook> {
  if (!assessment || assessment.encryption.kind === 'unknown')
    return { unread: [{ own: 'keys-unread', about: item.friendlyName }] };
  const { findings } = assessment;
  const [back, lost] = [true, false].map((isBack) =>
    findings.find((one) => locksDisks(one) && (rights !== null && isBroughtBack(one)) === isBack),
  );
  const unread = findings.find(
    ({ verdict, code, aside }) =>
      verdict === 'unknown' && !aside && /^(encryption|key-vault|kek-version|secret)\./.test(code),
  );
  return {
    ...(lost && { impossible: [whyOf(lost)] }),
    ...(unread && { unread: [whyOf(unread)] }),
    bringsKeys: back !== undefined,
  };
}
