import { listed, verdictOn } from '../soak/soak-report.ts';
import type { UpgradeResult } from './upgrade-run.ts';

/** An upgrade and the way back as lines of text. */
export function upgradeInWords({ found, steps, interactions, statuses, counts }: UpgradeResult): string {
  return [
    'what was done, and what was in the middle',
    ...steps.map(
      ({ step, middle }) =>
        `  ${step}: ${middle.operations} operations running, ${middle.approvals} requests waiting, ${middle.dialogs} cards open`,
    ),
    'what people did',
    ...listed(interactions),
    'what the endpoint answered',
    ...listed(statuses),
    'what came of it',
    ...listed(Object.entries(counts)),
    ...verdictOn(found),
  ].join('\n');
}
