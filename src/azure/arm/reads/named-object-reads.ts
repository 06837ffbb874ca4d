import type { KeyRestores, NamedObject, SecretVersion } from '../../gateway.ts';
import { required } from '../parse/azure-values.ts';
import type { Line } from '../transport/arm-clients.ts';
import { keyVaultAudience, keyVaultHost, keyVaultVersion } from '../transport/key-vault-host.ts';
import { type Ask, orNull } from '../transport/observed-call.ts';
import { everyPage } from './every-page.ts';
import { plainPages, plainReads, type PlainReads } from './plain-reads.ts';

type Listed = { readonly id?: unknown };
type ListedVersion = Listed & { readonly attributes?: { readonly enabled?: unknown }; readonly tags?: unknown };

/**
 * Reads what has a given name on the data plane, bypassing the SDKs: those read a secret's value to find out whether it
 * exists. Secrets are only listed, which needs no permission on any value and returns none.
 */
export function namedObjectReads(
  line: Line,
  ask: Ask,
): Pick<KeyRestores, 'namedKey' | 'namedSecret' | 'secretVersions'> {
  const known = new Map<string, PlainReads>();
  const reads = (keyVaultUri: string): PlainReads => {
    const host = keyVaultHost(keyVaultUri);
    const found = known.get(host) ?? plainReads(host, line, keyVaultAudience);
    known.set(host, found);
    return found;
  };
  return {
    namedKey: (keyVaultUri, name) =>
      ask({ name: 'namedKey', doing: `looking for key ${name} in ${keyVaultUri}` }, async () => {
        const read = reads(keyVaultUri);
        const at = (kind: string) => orNull(read(pathOf(kind, name)));
        if (await at('keys')) return 'there';
        return (await at('deletedkeys')) ? 'deleted' : 'free';
      }),

    namedSecret: (keyVaultUri, name) =>
      ask({ name: 'namedSecret', doing: `looking for secret ${name} in ${keyVaultUri}` }, async () => {
        const read = reads(keyVaultUri);
        const list = (path: string) => everyPage(plainPages<Listed>(read, path));
        // A missing secret has no versions; that is no error.
        if ((await orNull(list(pathOf('secrets', name, '/versions'))))?.length) return 'there';
        return stateAmong(await list(`/deletedsecrets?api-version=${keyVaultVersion}`), name);
      }),

    secretVersions: (keyVaultUri, name) =>
      ask({ name: 'secretVersions', doing: `listing the versions of secret ${name} in ${keyVaultUri}` }, async () => {
        const pages = plainPages<ListedVersion>(reads(keyVaultUri), pathOf('secrets', name, '/versions'));
        return ((await orNull(everyPage(pages))) ?? []).map(versionOf);
      }),
  };
}

function versionOf({ id, attributes, tags }: ListedVersion): SecretVersion {
  const told = typeof tags === 'object' && tags !== null ? Object.entries(tags) : [];
  return {
    url: required(id, 'id'),
    enabled: attributes?.enabled !== false,
    tags: Object.fromEntries(told.map(([name, value]) => [name, String(value)])),
  };
}

function pathOf(kind: string, name: string, rest = ''): string {
  return `/${kind}/${encodeURIComponent(name)}${rest}?api-version=${keyVaultVersion}`;
}

function stateAmong(deleted: readonly Listed[], name: string): NamedObject {
  const nameIn = (id: unknown) => /\/secrets\/([^/?]+)/i.exec(String(id))?.[1]?.toLowerCase();
  return deleted.some(({ id }) => nameIn(id) === name.toLowerCase()) ? 'deleted' : 'free';
}
