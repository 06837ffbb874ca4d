import { subscriptionOf } from '../../core/arm-id.ts';
import type { Ask } from '../../people/rights.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import type { PutBackPart } from './plan.ts';

const actions = ['Microsoft.KeyVault/vaults/keys/write', 'Microsoft.KeyVault/vaults/secrets/write'];

/** The right to put keys back for a VM, in each key vault of its disks; if unread, in any of its subscription. */
export function putBackAsks(part: PutBackPart): readonly Ask[] {
  const scopes = part.keyVaults?.map(({ id }) => id) ?? [`/subscriptions/${subscriptionOf(part.vm.id)}`];
  const places = part.keyVaults?.map(({ id, name }) => ({ ...placeOf(id), keyVault: name })) ?? [];
  const asks = asksOnVm(
    part.does,
    part,
    scopes.map((scope) => ({ scope, actions })),
  );
  return asks.map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...places] }));
}
