import { isRefusal } from '../../../core/refusal.ts';
import { parseTarget } from '../../../core/vm-target.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { backupPorts } from '../../backup/protect/ports.ts';
import type { ExceptionPorts, Found } from './found.ts';

/** Reads the VM as for a backup: the rule is judged by what Azure says about its disks now. */
export function exceptionPorts(estate: Estate): ExceptionPorts {
  return {
    find: async (asked) => {
      const at = estate.now().toISOString();
      const none = { vm: null, stands: 'not-refused', holds: null, several: [], unread: [], at } as const;
      const target = parseTarget(asked);
      if (isRefusal(target)) return none;
      const ports = backupPorts(estate);
      const { vms, unread } = await ports.candidates(target);
      const [vm, ...others] = vms;
      if (!vm) return { ...none, unread };
      if (others.length > 0)
        return { ...none, several: vms.map(({ resourceGroup, name }) => `${resourceGroup}/${name}`) };
      const { assessment } = await ports.reading(vm.id);
      const { id, name, os, tags, vmId: guid } = assessment.vm;
      return { ...none, vm: { id, name, os, tags }, ...(guid !== null && { guid }), ...standing(assessment.findings) };
    },
  };
}

type Findings = readonly { readonly code: string; readonly params: Readonly<Record<string, unknown>> }[];

function standing(findings: Findings): Pick<Found, 'stands' | 'holds' | 'earlier'> {
  const holds = exceptionIn(findings, 'kek.excepted');
  if (holds) return { stands: 'excepted', holds };
  const earlier = exceptionIn(findings, 'kek.excepted-earlier-vm');
  const isRefused = findings.some(({ code }) => code === 'kek.rule-refuses');
  return { stands: isRefused ? 'refused' : 'not-refused', holds: null, ...(earlier && { earlier }) };
}

function exceptionIn(findings: Findings, wanted: string): Found['holds'] {
  const { until, by } = findings.find(({ code }) => code === wanted)?.params ?? {};
  return until === undefined ? null : { until: String(until), by: String(by) };
}
