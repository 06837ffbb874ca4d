import type { ObjectVersion, SecretContent } from '../state/state-keyvault.ts';
import { bytesOf } from './key-pair.ts';
import { wrapped } from './wrap.ts';

/** The beginning of every BEK, so that one in a wrong place can be searched for. */
const MARK = Buffer.from('SIMULATED-KEY-MATERIAL ');
const BEK_BYTES = 32;

/** The BEK derived from these words: the key with which a disk's volumes are encrypted. */
export function bekOf(words: string): Buffer {
  return Buffer.concat([MARK, bytesOf(`bek ${words}`, BEK_BYTES)]);
}

/** The words that the RSA pair of a key version is derived from. */
export function pairWords(vault: { name: string }, key: { name: string }, version: ObjectVersion): string {
  return version.pair ?? objectUrl(vault, 'keys', { name: key.name, version: version.version });
}

/** The content of a secret's version, and its value: a wrapped BEK is base64url, a plain one base64. */
export function contentOf(version: ObjectVersion): SecretContent & { value: string } {
  const holds = version.holds ?? { value: version.version, tags: {} };
  if ('value' in holds) return holds;
  const bek = bekOf(holds.bek);
  return { ...holds, value: holds.wrappedBy ? wrapped(holds.wrappedBy, bek) : bek.toString('base64') };
}

/** The URL of a version of a key or a secret. */
export function objectUrl(
  vault: { name: string },
  kind: 'keys' | 'secrets',
  { name, version }: { name: string; version: string },
): string {
  return `https://${vault.name}.vault.azure.net/${kind}/${name}/${version}`;
}
