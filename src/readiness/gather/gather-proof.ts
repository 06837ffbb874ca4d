import type { AzureReads } from '../../azure/gateway.ts';
import type { Finding } from '../findings/finding.ts';
import { tried } from './reader.ts';
import type { VmReading } from '../reading.ts';

/**
 * Whether recovery points could disprove what a check says: a backup that succeeded after the disks were encrypted has
 * copied the keys, whatever the permissions, or the dates of the KEK, look like now.
 */
export function isDisprovable({ verdict, code }: Finding): boolean {
  return (
    (verdict === 'block' &&
      /^(principal\.missing|rights\.(policies-missing|roles-missing|roles-denied))$/.test(code)) ||
    code === 'kek-origin.dated'
  );
}

/** The same reading with the recovery points that were left out. */
export async function gatherProof(azure: Pick<AzureReads, 'recoveryPoints'>, reading: VmReading): Promise<VmReading> {
  const { around } = reading;
  const held = around?.vaultReadings.find(({ item }) => item.ok && item.value && !item.value.softDeleted);
  if (!around?.protection || !held?.item.ok || !held.item.value) return reading;
  const { ref } = held.item.value;
  const points = await tried(() => azure.recoveryPoints(ref));
  return { ...reading, around: { ...around, protection: { ...around.protection, points } } };
}
