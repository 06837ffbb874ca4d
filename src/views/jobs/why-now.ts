import type { VmEntry } from '../../azure/gateway.ts';
import type { About } from '../../knowledge/index.ts';
import { judge } from '../../readiness/assess/assess.ts';
import type { AssessedKeyVault, Judged } from '../../readiness/findings/assessment.ts';
import type { Finding } from '../../readiness/findings/finding.ts';
import { suspectKeks } from '../../readiness/findings/keks-in-reach.ts';
import { keyVaultsToRecover } from '../../readiness/lost-keys.ts';
import { gather } from '../../readiness/gather/gather.ts';
import { readVms } from '../read-vms.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';

/**
 * What the checks find now for a VM whose job failed. `finding`: what blocks its next backup, and whether Kluis can end
 * that by giving access to a key vault, or by recovering it; `isClear`: everything could be read and nothing does;
 * `lastPoint`: when its newest recovery point was made, as ISO text; null: none is known. `keks`: `suspectKeks`.
 */
export type WhyNow = {
  readonly finding: (Pick<Finding, 'code' | 'params'> & { readonly grants?: true; readonly recovers?: true }) | null;
  readonly isClear: boolean;
  readonly lastPoint: string | null;
  readonly keks?: readonly string[];
  readonly about: Omit<About, 'vaultId'>;
};

/** How many VMs of a list are read by default: failures are on its first page. */
const maxLooked = 30;

/** Reads one VM in full. */
export async function whyNow(vm: VmEntry, { reads, readiness, azureNow, restores }: Estate): Promise<WhyNow> {
  const { id: vmId, subscription, region } = vm;
  const why = whyOf(
    judge(await gather(reads, { vmId, subscription, region, ...readiness, now: azureNow() }), readiness.rules),
  );
  return asConfigured(why, { grants: true, restores: restores !== null });
}

/** Without an identity for it, Kluis gives no access, or recovers no key vault. */
export function asConfigured(why: WhyNow, has: { readonly grants: boolean; readonly restores: boolean }): WhyNow {
  if (!why.finding) return why;
  const { code, params, grants, recovers } = why.finding;
  const can = { ...(grants && has.grants && { grants }), ...(recovers && has.restores && { recovers }) };
  return { ...why, finding: { code, params, ...can } };
}

/** Reads several VMs; the result is by their IDs in lower case. */
export async function whysNow(
  vms: readonly VmEntry[],
  { reads, readiness, azureNow }: Pick<Estate, 'reads' | 'readiness' | 'azureNow'>,
  most = maxLooked,
): Promise<ReadonlyMap<string, WhyNow>> {
  const looked = vms.slice(0, most);
  if (looked.length === 0) return new Map();
  const asks = looked.map((vm) => ({ vmId: vm.id, subscription: vm.subscription, region: vm.region }));
  const ask = { vms: asks, ...readiness, now: azureNow() };
  return new Map(
    await readVms(reads, ask, (reading) => [reading.vmId.toLowerCase(), whyOf(judge(reading, readiness.rules))]),
  );
}

/** Findings about where the VM is or could be protected can't be the cause of a backup that ran there. */
const ofPlace: ReadonlySet<string> = new Set(['protection', 'attempts', 'vault']);

function whyOf(assessment: Judged): WhyNow {
  const { findings, vm, keyVaults, verdict, protection } = assessment;
  // A rule of this installation blocks Kluis, but no backup that Azure runs on its schedule.
  const stops = findings.filter(
    (one) => one.verdict === 'block' && one.refuses !== 'rule' && !one.aside && !ofPlace.has(one.check),
  );
  const finding = stops.find(({ code }) => code === protection.tonight.because) ?? stops[0];
  const [keyVault] = keyVaults.length === 1 ? keyVaults : [];
  const keks = suspectKeks(assessment);
  return {
    finding: finding ? seen(finding) : null,
    lastPoint: protection.lastPoint?.time ?? null,
    ...(keks && { keks }),
    isClear: !finding && (verdict === 'ready' || verdict === 'ready-with-warnings'),
    about: {
      os: vm.os,
      keyVault: keyVault ? { id: keyVault.id, name: keyVault.name, model: keyVault.model } : null,
      hasAccess: keyVaults.length > 0 && keyVaults.every(hasAll),
      vm: { name: vm.name, resourceGroup: vm.resourceGroup },
    },
  };
}

function seen({ code, params, fix }: Finding): NonNullable<WhyNow['finding']> {
  return {
    code,
    params,
    ...(fix?.kind === 'grant' && { grants: true }),
    ...(keyVaultsToRecover({ findings: [{ code, params }] }).length > 0 && { recovers: true }),
  };
}

function hasAll({ model, missing }: AssessedKeyVault): boolean {
  return model !== null && [missing.keys, missing.secrets, missing.dataActions].every((rights) => rights.length === 0);
}

/** What the checks find now, for the row of a failed job; undefined: its VM wasn't looked at. */
export function explainedBy(why: Pick<WhyNow, 'finding' | 'keks'> | undefined): Pick<WhyNow, 'keks'> & {
  readonly finding?: NonNullable<WhyNow['finding']>;
} {
  return { ...(why?.finding && { finding: why.finding }), ...(why?.keks && { keks: why.keks }) };
}
