/**
 * Which keys and secrets of which key vault a VM's disks use. The vault is the one the disk names,
 * never one searched by host name.
 */
import { keyOfId, parseArmId } from '../core/arm-id.ts';
import type { EncryptionPicture } from './encryption.ts';

/** A key or secret, by its versioned URL, and the disks that use it. */
export type ObjectUse = {
  readonly url: string;
  readonly name: string;
  readonly version: string;
  readonly disks: readonly string[];
};

/** A key vault as the VM uses it. `wrapped`: every BEK in it is wrapped by a KEK. */
export type KeyVaultUse = {
  readonly id: string;
  readonly name: string;
  readonly keys: readonly ObjectUse[];
  readonly secrets: readonly ObjectUse[];
  readonly wrapped: boolean;
};

type Draft = { id: string; keys: Map<string, ObjectUse>; secrets: Map<string, ObjectUse>; wrapped: boolean };

/** The key vaults of a VM, each once, in the order of the disks. */
export function keyVaultUses(encryption: EncryptionPicture): readonly KeyVaultUse[] {
  const drafts = new Map<string, Draft>();
  for (const disk of encryption.disks) {
    for (const keys of disk.keys) {
      const secrets = draftOf(drafts, keys.secretVaultId);
      if (secrets) {
        note(secrets.secrets, keys.secretUrl, disk.name);
        secrets.wrapped &&= keys.keyUrl !== null;
      }
      if (keys.keyUrl !== null) {
        const wrapping = draftOf(drafts, keys.keyVaultId);
        if (wrapping) note(wrapping.keys, keys.keyUrl, disk.name);
      }
    }
  }
  return [...drafts.values()].map(finished);
}

/** Reads `https://host/keys/name/version` or `/secrets/…`; null where the text is none. */
export function objectOfUrl(url: string): { readonly name: string; readonly version: string } | null {
  const match = /^https:\/\/[^/]+\/(?:keys|secrets)\/([^/]+)(?:\/([^/?]+))?/i.exec(url);
  return match?.[1] ? { name: match[1], version: match[2] ?? '' } : null;
}

function draftOf(drafts: Map<string, Draft>, id: string | null): Draft | null {
  if (id === null || parseArmId(id) === null) return null;
  const key = keyOfId(id);
  const draft = drafts.get(key) ?? { id, keys: new Map(), secrets: new Map(), wrapped: true };
  drafts.set(key, draft);
  return draft;
}

function note(uses: Map<string, ObjectUse>, url: string | null, disk: string): void {
  const object = url === null ? null : objectOfUrl(url);
  if (url === null || object === null) return;
  const key = url.toLowerCase();
  const disks = uses.get(key)?.disks ?? [];
  uses.set(key, { url, ...object, disks: disks.includes(disk) ? disks : [...disks, disk] });
}

function finished({ id, keys, secrets, wrapped }: Draft): KeyVaultUse {
  const name = parseArmId(id)?.name ?? id;
  return { id, name, keys: [...keys.values()], secrets: [...secrets.values()], wrapped };
}
