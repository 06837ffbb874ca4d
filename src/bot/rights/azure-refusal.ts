import { groupOf, parseArmId, subscriptionIn } from '../../core/arm-id.ts';
import { refuse, type Refusal, type RefusalCode } from '../../core/refusal.ts';
import type { AzureLack } from '../../people/azure-role.ts';
import { leastRole } from '../../people/least-role.ts';

const codes = {
  missing: 'lacks-azure-role',
  condition: 'azure-role-conditional',
  denied: 'denied-in-azure',
} as const satisfies Record<AzureLack['because'], RefusalCode>;

/**
 * The refusal of somebody who lacks the Azure permissions for an operation: what is missing, where, and which role has
 * it.
 */
export function azureRefusal(lack: AzureLack, what: Refusal['params']): Refusal {
  const { because, scope, actions } = lack;
  return refuse(codes[because], {
    ...what,
    scope: placeName(scope),
    role: leastRole(actions),
    actions: actions.join(', '),
  });
}

function placeName(scope: string): string {
  const place = parseArmId(scope);
  if (place) return `${place.name} (${place.resourceGroup})`;
  return groupOf(scope)?.resourceGroup ?? subscriptionIn(scope) ?? scope;
}
