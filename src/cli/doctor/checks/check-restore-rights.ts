import type { AzureGateway } from '../../../azure/gateway.ts';
import { askedLack } from '../asked-lack.ts';
import type { Finding } from '../finding.ts';
import { toldLacks, toldUnasked, toldWhole } from '../rights-told.ts';
import { actionsAt, type GivenRole } from '../role-files.ts';
import type { FoundEstate } from './check-estate.ts';

const who = 'the restore identity';

/**
 * Compares what the restore identity may do with its role files, at each Recovery Services vault and each group of VMs.
 * Where disks are restored to is chosen per restore, so it is asked there and not here.
 */
export async function checkRestoreRights(
  restores: AzureGateway['restores'],
  roles: readonly GivenRole[],
  estate: readonly FoundEstate[],
): Promise<readonly Finding[]> {
  if (!restores) return [];
  const places = estate.flatMap(({ vaults, groups }) => [
    ...vaults.map(({ id }) => ({ scope: id, kind: 'vaultGroup' }) as const),
    ...groups.map((scope) => ({ scope, kind: 'vmGroups' }) as const),
  ]);
  const needed = places.flatMap(({ scope, kind }) =>
    roles
      .filter(({ scopes }) => scopes.includes(kind))
      .map((role) => ({ role, scope, actions: actionsAt(role, kind) }))
      .filter(({ actions }) => actions.length > 0),
  );
  const asked = await Promise.all(needed.map((one) => askedLack(restores, one)));
  const lacks = asked.flatMap(({ lack }) => lack ?? []);
  const unasked = asked.flatMap(({ scope, read }) => (read ? [] : scope));
  const whole = lacks.length + unasked.length === 0 ? [toldWhole(who, `${places.length} scopes`)] : [];
  return [...whole, ...toldLacks(who, lacks), ...toldUnasked(who, unasked)];
}
