/** Protections against deleting backups that were turned off on a Recovery Services vault since the previous look. */
import type { VaultFacts } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { SightedKind, Subject } from '../alert.ts';
import type { Sighting } from '../fold.ts';
import { inOrder, wrong, type Noted, type Setting, type Switch } from './noted.ts';

const kinds: Readonly<Record<Setting, SightedKind>> = {
  softDelete: 'soft-delete-off',
  immutability: 'immutability-off',
  guard: 'guard-off',
};
const names = Object.keys(kinds) as Setting[];

/** A vault as it was read then. */
type Read = { readonly vault: VaultFacts; readonly now: Date; readonly readAt: { readonly vault: Date } };

/** Compares; what could not be read stays as recorded. The first look only records. */
export function seenSettings(
  { vault, now, readAt }: Read,
  noted: Noted | null,
): Pick<Noted, 'settings' | 'onAt'> & { readonly seen: readonly Sighting[] } {
  const subject = vaultSubject(vault);
  const found = readSettings(vault);
  const seen = names.flatMap((name): Sighting[] => {
    if (found[name] === 'on') return [inOrder(kinds[name], subject, now)];
    if (found[name] !== 'off' || noted?.settings[name] !== 'on') return [];
    return [{ ...wrong(kinds[name], subject, now), sought: { of: vault.id, from: noted.onAt?.[name] ?? null } }];
  });
  const settings = Object.fromEntries(names.map((name) => [name, found[name] ?? noted?.settings[name] ?? null]));
  const on = names.filter((name) => found[name] === 'on').map((name) => [name, readAt.vault.toISOString()]);
  return { seen, settings: settings as Noted['settings'], onAt: { ...noted?.onAt, ...Object.fromEntries(on) } };
}

function readSettings({ softDelete, immutability, multiUserAuthorization }: VaultFacts): Noted['settings'] {
  return {
    softDelete: switchOf(softDelete.state, /^(Enabled|AlwaysON)$/i),
    immutability: switchOf(immutability, /^(Unlocked|Locked)$/i),
    // Azure omits a guard if there is none; if it omitted all security settings, nothing was read.
    guard: softDelete.state === null ? null : multiUserAuthorization ? 'on' : 'off',
  };
}

/** An unknown word is neither on nor off. */
function switchOf(word: string | null, on: RegExp): Switch {
  if (word === null) return null;
  return on.test(word) ? 'on' : /^Disabled$/i.test(word) ? 'off' : null;
}

/** A Recovery Services vault as what an alert is about. */
export function vaultSubject({ id, name, subscription, resourceGroup, tags }: VaultFacts): Subject {
  const place = { vaultId: id, vault: name, subscription, resourceGroup, tags };
  return { of: 'vault', key: keyOfId(id), name, calledAs: name, ...place };
}
