import { enhancedPolicy, logPolicy, standardPolicy } from '../backup/policies/policy-properties.ts';
import type { PolicySpec } from '../state/state-backup.ts';

/** The policies of one vault of the estate. */
export function estatePolicies(vaultId: string, all: boolean): PolicySpec[] {
  const own: [string, PolicySpec['properties']][] = [
    ['DefaultPolicy', standardPolicy({ time: '23:00', days: 30 })],
    ['enhanced-4h', enhancedPolicy(30)],
    ['HourlyLogBackup', logPolicy()],
  ];
  const more: [string, PolicySpec['properties']][] = [
    ['gold', standardPolicy({ time: '01:00', days: 90, weeks: 52, timeZone: 'W. Europe Standard Time' })],
    ['decade', standardPolicy({ time: '22:30', days: 30, years: 10 })],
  ];
  return [...own, ...(all ? more : [])].map(([name, properties]) => ({ vaultId, name, properties }));
}
