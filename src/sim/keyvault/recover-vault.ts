import type { Call } from '../http/call.ts';
import type { KeyVaultSpec } from '../state/state-keyvault.ts';
import { ArmRefusal } from '../http/reply.ts';
import { at, same } from '../ids.ts';
import { field, textField } from '../json.ts';
import { placeOf } from '../compute/routes.ts';

/**
 * PUT of a key vault with `createMode: recover`: a deleted one comes back with its keys, secrets and access policies,
 * but without its role assignments. An existing one stays as it is, which nobody has recorded. The simulator creates no
 * new ones.
 */
export function recoverVault(call: Call): KeyVaultSpec {
  const place = placeOf(call);
  const isRecovery = same(textField(field(call.body, 'properties'), 'createMode'), 'recover');
  const there = at(call.world.state.keyVaults, place);
  if (there && isRecovery) return there;
  const deleted = call.world.state.deletedKeyVaults.find(({ vault }) => same(vault.name, place.name));
  if (deleted && !isRecovery) {
    const text =
      'A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.';
    throw new ArmRefusal(409, 'ConflictError', text);
  }
  if (!isRecovery) throw new ArmRefusal(400, 'BadRequest', 'The simulator makes no key vaults.');
  const isHere = deleted && same(deleted.vault.location, textField(call.body, 'location'));
  if (!isHere || !at([deleted.vault], place)) {
    const text = `The specified deleted vault ${place.name} does not exist.`;
    throw new ArmRefusal(404, 'DeletedVaultNotFound', text);
  }
  call.world.state.deletedKeyVaults = call.world.state.deletedKeyVaults.filter((one) => one !== deleted);
  call.world.state.keyVaults.push(deleted.vault);
  call.world.changed();
  return deleted.vault;
}
