import { isRefusal } from '../../core/refusal.ts';
import { parseTarget } from '../../core/vm-target.ts';
import type { Estate } from '../estate.ts';
import { backupPorts } from '../protect/ports.ts';
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
      const { id, name, os, tags } = assessment.vm;
      return { ...none, vm: { id, name, os, tags }, ...standing(assessment.findings) };
    },
  };
}

type Findings = readonly { readonly code: string; readonly params: Readonly<Record<string, unknown>> }[];

function standing(findings: Findings): Pick<Found, 'stands' | 'holds'> {
  const excepted = findings.find(({ code }) => code === 'kek.excepted');
  const { until, by } = excepted?.params ?? {};
  if (excepted) return { stands: 'excepted', holds: { until: String(until), by: String(by) } };
  const isRefused = findings.some(({ code }) => code === 'kek.rule-refuses');
  return { stands: isRefused ? 'refused' : 'not-refused', holds: null };
}
