import { inOrder, wrong } from '../../alerts/looks/noted.ts';
import type { Subject } from '../../alerts/alert.ts';
import { keyOfId, parseArmId, subscriptionOf } from '../../core/arm-id.ts';
import type { Locale } from '../../core/person.ts';
import { words } from '../../message/words.ts';
import { closingTitle } from '../../operations/cards/closing/closing-card.ts';
import type { Part } from '../../operations/parts/parts.ts';
import type { Within } from '../deps.ts';
import { takeSightings } from '../alerts/take-in.ts';
import type { LiveOperation } from '../live-operation.ts';
import { sweepSoon } from './sweep-leftovers.ts';

/**
 * Reports the end of a drill to the alerts, whoever started it, in the transaction of its end: a failed one is an alert
 * until the next successful one of its VM. What it may have left, and what was deleted of that since, is checked soon
 * after. Must run before the audit log is locked: a holder of an alert's lock may be waiting for that.
 */
export async function sightDrill(within: Within, operation: LiveOperation): Promise<void> {
  const [first] = operation.plan.parts;
  if (first?.does === 'delete-drill' || (first?.does === 'drill' && operation.status !== 'succeeded'))
    await sweepSoon(within);
  if (first?.does !== 'drill') return;
  const { deps } = within;
  const now = new Date(deps.clock.now().getTime() + (deps.azure.clockSkew() ?? 0));
  const subject = subjectOf(first);
  if (operation.status === 'succeeded') return takeSightings(within, [inOrder('drill-failed', subject, now)]);
  const saidIn = (locale: Locale) =>
    closingTitle({ words: words({ locale, timeZone: operation.timeZone, simulated: false }), operation, now });
  const told = { en: saidIn('en'), nl: saidIn('nl') };
  await takeSightings(within, [{ ...wrong('drill-failed', subject, now), told }]);
}

function subjectOf({ vm, ref, vaultName }: Extract<Part, { does: 'drill' }>): Subject {
  const group = parseArmId(vm.id)?.resourceGroup ?? null;
  return {
    ...{ of: 'vm', key: keyOfId(vm.id), name: vm.name, calledAs: group === null ? vm.name : `${group}/${vm.name}` },
    ...{ vaultId: ref.vaultId, vault: vaultName, subscription: subscriptionOf(ref.vaultId) ?? '' },
    ...{ resourceGroup: group, tags: vm.tags },
  };
}
