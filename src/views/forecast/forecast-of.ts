/** The forecast of all protected VMs as a pure function of what was read. */
import type { Unread } from '../../azure/partial-read.ts';
import { parseArmId } from '../../core/arm-id.ts';
import { policyRuns, type PolicyRuns } from '../../readiness/next-run.ts';
import type { AdeLeft } from './ade-left.ts';
import type { ForecastFacts, HeldVm } from './forecast-facts.ts';
import { runOutlook, type RunOutlook } from './outlook.ts';
import type { RestoreFacts } from './restore-facts.ts';
import { restoreOutlook, type RestoreOutlook } from './restore-outlook.ts';

/** One protected VM. `next`: when its next backup is due, as ISO text; null: unknown. */
export type ForecastRow = {
  readonly name: string;
  readonly group: string;
  readonly vault: string;
  readonly next: string | null;
  readonly afterClockChange: boolean;
  readonly run: RunOutlook;
  readonly restore: RestoreOutlook;
};

/** All of them, the VMs that still use Azure Disk Encryption, and the places that couldn't be read. Plain JSON. */
export type Forecast = {
  readonly rows: readonly ForecastRow[];
  readonly ade: AdeLeft;
  readonly unread: readonly Unread[];
};

/** Makes it. */
export function forecastOf(facts: ForecastFacts): Forecast {
  const runsOf = policyRuns(facts.now);
  const rows = facts.vms.map((held) => rowOf(held, held.policy && runsOf(held.policy), facts.restores));
  return { rows, ade: facts.ade, unread: facts.unread };
}

function rowOf(held: HeldVm, runs: PolicyRuns | null, restores: RestoreFacts): ForecastRow {
  const { item, vault, assessment } = held;
  const id = parseArmId(item.vmId);
  return {
    name: assessment?.vm.name ?? id?.name ?? item.friendlyName,
    group: assessment?.vm.resourceGroup ?? id?.resourceGroup ?? '',
    vault: vault.name,
    next: runs?.nextRun ?? null,
    afterClockChange: runs?.afterClockChange ?? false,
    run: runOutlook(held),
    restore: restoreOutlook(held, restores, runs),
  };
}
