import { refuse, type Refusal } from '../core/refusal.ts';
import type { Goal } from '../operations/plan.ts';
import type { BackupKnown } from '../operations/protect/flow.ts';
import type { Deps, PersonRights, RightTarget } from './deps.ts';

/**
 * The gates before anything starts: the database, the identities and the clock can be trusted (I5), and the person has
 * the right. Asked at the click and again at the start. Null: all are open.
 */
export function mayStart(
  deps: Deps,
  ask: { readonly rights: PersonRights | null; readonly known: Pick<BackupKnown, 'reading' | 'go'> },
): Refusal | null {
  return mayChoose(deps, { ...ask, goal: ask.known.go, target: targetOf(ask.known) });
}

/** The same for one goal on one target. */
export function mayChoose(
  deps: Deps,
  ask: { readonly rights: PersonRights | null; readonly goal: Goal | 'cancel'; readonly target: RightTarget },
): Refusal | null {
  const distrusted = ask.rights === null ? 'identity' : deps.trusted();
  if (ask.rights === null || distrusted !== null) return refuse('not-trusted-now', { what: distrusted ?? 'identity' });
  const may = ask.rights.mayChoose(ask.goal, ask.target);
  if (may.may) return null;
  return refuse('not-allowed', {
    what: ask.goal,
    role: may.needs,
    who: may.holders.join(', '),
    rule: may.byRule ? (ask.target.vm ?? '') : '',
  });
}

/** What a dialog would act on. */
export function targetOf({ reading }: Pick<BackupKnown, 'reading'>): RightTarget {
  const { vm, grants, protection } = reading.assessment;
  return {
    vm: vm.name,
    vmTags: vm.tags,
    resourceGroup: vm.resourceGroup,
    subscription: vm.subscription,
    vault: protection.vaultName ?? undefined,
    keyVaults: grants.map((need) => need.keyVaultName),
  };
}
