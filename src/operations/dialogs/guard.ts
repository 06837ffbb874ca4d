import type { VaultFacts } from '../../azure/gateway.ts';
import { ownOf } from '../../core/own-of.ts';
import type { Block } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import { tried } from '../../readiness/gather/reader.ts';
import type { Estate } from './estate.ts';
import { roleGiversAt } from './role-givers.ts';
import { strong } from './said.ts';

/** Whether a Resource Guard protects an operation, and the request that has to be named; null: Azure named none. */
type Guard = { readonly request: string | null } | 'none' | 'unread';

/** A guard with its name, and who can assign a role on it, by name or ID; null: there is none, or it wasn't read. */
export type OwnedGuard = { readonly guard: Guard; readonly guardOwners: GuardOwners | null };
type GuardOwners = { readonly guard: string; readonly who: readonly string[] };

const vaults = 'Microsoft.RecoveryServices/vaults';
const items = `${vaults}/backupFabrics/protectionContainers/protectedItems`;
/**
 * How Azure names what a guard protects (azure-cli, test_backup_rg_mapping.yaml; for restores its custom_help.py). The
 * specification's example has the type of the request instead. Others have names that end or begin alike.
 */
const names = {
  stop: { action: `${items}/write#stopProtectionWithRetainData`, request: 'stopProtectionWithRetainDataRequests' },
  restore: { action: `${items}/recoveryPoints/restore/action`, request: 'triggerRestoreRequests' },
  'change-policy': { action: `${vaults}/backupPolicies/write`, request: 'updateProtectionPolicyRequests' },
  'change-protection': { action: `${items}/write`, request: 'updateProtectedItemRequests' },
} as const;

/** Looks up what the vault's guard does about an operation, and who can let it through. */
export async function guardOf(estate: Estate, vault: VaultFacts, operation: keyof typeof names): Promise<OwnedGuard> {
  const guard = await readGuard(estate, vault, operation);
  return { guard, guardOwners: await ownersOf(estate, guard) };
}

/** The request to send along; null: none. */
export function guardRequestOf({ guard }: Pick<OwnedGuard, 'guard'>): string | null {
  return typeof guard === 'object' ? guard.request : null;
}

/** What is said about a guard before anything runs, and who can let it through; null: nothing. */
export function guardText({ say }: Words, of: OwnedGuard & { readonly vaultName: string }): string | null {
  const { guard, guardOwners, vaultName: vault } = of;
  if (guard === 'none') return null;
  if (guard === 'unread') return say('guard.unread', { vault });
  const who = guardOwners ? [say('guard.owners', guardOwners)] : [];
  return [say('guard.guarded', { vault }), ...who].join(' ');
}

/** The same, on a card. */
export function guardBlocks(words: Words, of: OwnedGuard & { readonly vaultName: string }): Block[] {
  const text = guardText(words, of);
  return text === null ? [] : [strong(text)];
}

async function readGuard({ reads }: Estate, vault: VaultFacts, operation: keyof typeof names): Promise<Guard> {
  if (!vault.multiUserAuthorization) return 'none';
  const read = await tried(() => reads.guardedOperations(vault.id));
  if (!read.ok || read.value.length === 0) return 'unread';
  const { action, request } = names[operation];
  const wanted = [action, `Microsoft.DataProtection/resourceGuards/${request}`].map((name) => name.toLowerCase());
  const guarded = read.value.find((one) => wanted.includes(one.operation.toLowerCase()));
  return guarded ? { request: guarded.request } : 'none';
}

/** The request that has to be named is below the guard's ID. */
async function ownersOf({ reads, namesOf }: Estate, guard: Guard): Promise<GuardOwners | null> {
  const [id, name] = /^(?:\/[^/]+){6}\/resourceGuards\/([^/]+)/i.exec(guardRequestOf({ guard }) ?? '') ?? [];
  const givers = id === undefined ? null : await roleGiversAt(reads, id);
  if (name === undefined || givers === null || givers.length === 0) return null;
  const called = await namesOf(givers);
  return { guard: name, who: givers.map((one) => ownOf(called, one) ?? one) };
}
