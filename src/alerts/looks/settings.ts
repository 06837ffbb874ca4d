/** Protections against deleting backups that were turned off on a Recovery Services vault since the previous look. */
import type { VaultFacts } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import type { SightedKind, Subject } from '../alert.ts';
import type { Sighting } from '../fold.ts';
import { inOrder, wrong, type Noted, type Switch } from './noted.ts';

const kinds = { softDelete: 'soft-delete-off', immutability: 'immutability-off', guard: 'guard-off' } as const;

/** Compares; what could not be read stays as recorded. The first look only records. */
export function seenSettings(
  vault: VaultFacts,
  noted: Noted | null,
  now: Date,
): { readonly seen: readonly Sighting[]; readonly settings: Noted['settings'] } {
  const subject = vaultSubject(vault);
  const found = readSettings(vault);
  const names = Object.keys(kinds) as (keyof typeof kinds)[];
  const seen = names.flatMap((name): Sighting[] => {
    const kind: SightedKind = kinds[name];
    const before = noted?.settings[name] ?? null;
    if (found[name] === 'on') return [inOrder(kind, subject, now)];
    return found[name] === 'off' && before === 'on' ? [wrong(kind, subject, now)] : [];
  });
  const settings = Object.fromEntries(names.map((name) => [name, found[name] ?? noted?.settings[name] ?? null]));
  return { seen, settings: settings as Noted['settings'] };
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

function vaultSubject({ id, name, subscription, resourceGroup, tags }: VaultFacts): Subject {
  const place = { vaultId: id, vault: name, subscription, resourceGroup, tags };
  return { of: 'vault', key: keyOfId(id), name, calledAs: name, ...place };
}
