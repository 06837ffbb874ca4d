/** What `/backup exception` finds about a VM, and what it asks. */
import type { Unread } from '../../../azure/partial-read.ts';
import { isRefusal } from '../../../core/refusal.ts';
import { parseTarget } from '../../../core/vm-target.ts';
import { findCandidates, readVm } from '../../backup/protect/read-vm.ts';
import type { Estate } from '../../dialogs/estate.ts';
import type { PlannedVm } from '../../ground/part.ts';

/**
 * `stands`: the rule refuses it; an exception is in effect, until when and by whom; or nothing is refused for lack of a
 * KEK, as far as could be read. `vm` null: no single VM is meant. `earlier`: one that is for an earlier VM of its name.
 */
export type FoundForException = {
  readonly vm: PlannedVm | null;
  readonly stands: 'refused' | 'excepted' | 'not-refused';
  readonly holds: Exception | null;
  readonly earlier?: Exception;
  /** What Azure calls the VM's `vmId`; absent: unknown. */
  readonly guid?: string;
  readonly several: readonly string[];
  readonly unread: readonly Unread[];
  /** When it was read; the days count from then. */
  readonly at: string;
};

type Exception = { readonly until: string; readonly by: string };

/** What the dialog knows. */
export type ExceptionKnown = {
  readonly args: readonly string[];
  readonly found: FoundForException;
  readonly reason: string;
  readonly until: string;
  readonly go: string;
  readonly [step: string]: unknown;
};

/** Reads the VM as for a backup: the rule is judged by what Azure says about its disks now. */
export async function findVm(estate: Estate, asked: string): Promise<FoundForException> {
  const at = estate.now().toISOString();
  const none = { vm: null, stands: 'not-refused', holds: null, several: [], unread: [], at } as const;
  const target = parseTarget(asked);
  if (isRefusal(target)) return none;
  const { vms, unread } = await findCandidates(estate, target);
  const [vm, ...others] = vms;
  if (!vm) return { ...none, unread };
  if (others.length > 0) return { ...none, several: vms.map(({ resourceGroup, name }) => `${resourceGroup}/${name}`) };
  const { assessment } = await readVm(estate, vm.id);
  const { id, name, os, tags, vmId: guid } = assessment.vm;
  return { ...none, vm: { id, name, os, tags }, ...(guid !== null && { guid }), ...standing(assessment.findings) };
}

type Findings = readonly { readonly code: string; readonly params: Readonly<Record<string, unknown>> }[];

function standing(findings: Findings): Pick<FoundForException, 'stands' | 'holds' | 'earlier'> {
  const holds = exceptionIn(findings, 'kek.excepted');
  if (holds) return { stands: 'excepted', holds };
  const earlier = exceptionIn(findings, 'kek.excepted-earlier-vm');
  const isRefused = findings.some(({ code }) => code === 'kek.rule-refuses');
  return { stands: isRefused ? 'refused' : 'not-refused', holds: null, ...(earlier && { earlier }) };
}

function exceptionIn(findings: Findings, wanted: string): FoundForException['holds'] {
  const { until, by } = findings.find(({ code }) => code === wanted)?.params ?? {};
  return until === undefined ? null : { until: String(until), by: String(by) };
}
