import { newSigningKey, signedReport } from '../../audit/drill-file.ts';
import { drillReport } from '../../operations/drill/delete-drill/report.ts';
import { noteDrillEnded } from '../../store/drills.ts';
import { signingKey } from '../../store/signing-key.ts';
import type { Deps, Unit } from '../deps.ts';
import type { LiveOperation } from '../live-operation.ts';
import { record } from '../record.ts';

/**
 * Writes the signed report of an ended drill to the audit log, in the transaction of its end, and records for the
 * schedule that the VM had one, whoever started it.
 */
export async function recordDrill(deps: Deps, unit: Unit, operation: LiveOperation): Promise<void> {
  const report = drillReport(operation);
  if (!report) return;
  const { vm: vmId, result } = report;
  await noteDrillEnded(unit.q, { vmId, operation: operation.id, result });
  const file = signedReport(report, await signingKey(unit.q, newSigningKey));
  await record(unit, { now: deps.clock.now(), what: 'drill-report', operation, detail: { file } });
}
