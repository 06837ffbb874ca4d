import type { Words } from './words.ts';
import { ownOf } from '../core/own-of.ts';

/**
 * What is said about a Recovery Services vault; readiness's `VaultChoice` fits. `softDeleteDays` 0 means that deleted
 * backups are gone.
 */
type VaultToSay = {
  readonly name: string;
  readonly redundancy: string | null;
  readonly softDeleteDays: number | null;
  readonly immutability: string | null;
  readonly multiUserAuthorization: boolean;
};

const copies = {
  georedundant: 'vault.copies-geo',
  locallyredundant: 'vault.copies-local',
  zoneredundant: 'vault.copies-zone',
  geozoneredundant: 'vault.copies-geo-zone',
} as const;

function copiesText(words: Words, redundancy: string): string {
  const key = ownOf(copies, redundancy.toLowerCase());
  return key ? words.say(key) : words.say('vault.copies-unknown', { redundancy });
}

function undeleteText(words: Words, days: number | null): string | null {
  if (days === null) return null;
  return days > 0 ? words.say('vault.undelete', { days }) : words.say('vault.no-undelete');
}

function immutabilityText(words: Words, immutability: string | null): string | null {
  if (/^locked$/i.test(immutability ?? '')) return words.say('vault.immutable-locked');
  return /^unlocked$/i.test(immutability ?? '') ? words.say('vault.immutable') : null;
}

/** A vault in plain words: `copies in two regions, undelete 14 days`. What Azure didn't say is omitted. */
export function vaultWords(words: Words, vault: VaultToSay): string {
  return [
    vault.redundancy === null ? null : copiesText(words, vault.redundancy),
    undeleteText(words, vault.softDeleteDays),
    immutabilityText(words, vault.immutability),
    vault.multiUserAuthorization ? words.say('vault.guarded') : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** The same after the vault's name, as a choice of a pick-list. */
export function vaultLine(words: Words, vault: VaultToSay): string {
  const what = vaultWords(words, vault);
  return what ? words.say('vault.line', { name: vault.name, what }) : vault.name;
}
