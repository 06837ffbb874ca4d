/** Looks for a recovery point that shows that Azure Backup can copy a KEK, of whichever VM uses it. */
import type { DiskFacts, DiskKeys, ItemRef, ProtectedItem } from '../../azure/gateway.ts';
import { keyOfId, subscriptionOf } from '../../core/arm-id.ts';
import { maybeOfCertificate, showsCopy } from '../pictures/kek-copy.ts';
import { objectOfUrl } from '../key-use.ts';
import type { Reader } from './reader.ts';
import type { KeyReading } from '../reading.ts';

/** How many VMs with the same KEK are asked for their points: the first nearly always has one. */
const maxAsked = 3;

/** Adds what the points of all VMs with this KEK show, if its own dates leave a doubt; otherwise nothing is read. */
export async function withCopy(reader: Reader, keyVaultId: string, read: KeyReading): Promise<KeyReading> {
  const version = read.version.ok ? read.version.value : null;
  if (!version || !maybeOfCertificate(version)) return read;
  return { ...read, copied: await isCopied(reader, subscriptionOf(keyVaultId), keyOfUrl(read.url)) };
}

// Azure Disk Encryption requires the key vault to be in the subscription of the VMs.
async function isCopied(reader: Reader, subscription: string, kek: string): Promise<boolean> {
  const { once, azure } = reader;
  const [disks, items] = await Promise.all([
    once(`disks ${subscription.toLowerCase()}`, () => azure.disks(subscription)),
    itemsIn(reader, subscription),
  ]);
  const users = usersOf(disks.ok ? disks.value : [], kek);
  const asked = items
    .filter(({ vmId, lastRecoveryPoint }) => lastRecoveryPoint !== null && users.has(keyOfId(vmId)))
    .toSorted((one, other) => Number(other.lastRecoveryPoint) - Number(one.lastRecoveryPoint))
    .slice(0, maxAsked);
  const shown = await Promise.all(
    asked.map(({ ref, vmId }) => isCopiedIn(reader, ref, users.get(keyOfId(vmId)) ?? [])),
  );
  return shown.includes(true);
}

async function itemsIn({ once, azure }: Reader, subscription: string): Promise<readonly ProtectedItem[]> {
  const vaults = await once(`vaults ${subscription}`, () => azure.vaults(subscription));
  const lists = await Promise.all(
    (vaults.ok ? vaults.value : []).map(({ id }) => once(`items ${keyOfId(id)}`, () => azure.protectedItems(id))),
  );
  return lists.flatMap((list) => (list.ok ? list.value : []));
}

async function isCopiedIn({ once, azure }: Reader, ref: ItemRef, keys: readonly DiskKeys[]): Promise<boolean> {
  const [points, secrets] = await Promise.all([
    once(`points ${keyOfId(ref.vaultId)} ${ref.container} ${ref.item}`.toLowerCase(), () => azure.recoveryPoints(ref)),
    Promise.all(
      keys.map(async ({ secretUrl, secretVaultId }) => {
        const name = secretUrl === null ? undefined : objectOfUrl(secretUrl)?.name;
        if (secretVaultId === null || name === undefined) return null;
        const read = await once(`secret ${keyOfId(secretVaultId)} ${name}`, () => azure.secret(secretVaultId, name));
        return read.ok ? read.value : null;
      }),
    ),
  ]);
  return points.ok && points.value.some((point) => showsCopy(point, secrets));
}

/** The VMs with this KEK, by their keyed IDs, and the keys of their disks. */
function usersOf(disks: readonly DiskFacts[], kek: string): ReadonlyMap<string, readonly DiskKeys[]> {
  const found = new Map<string, DiskKeys[]>();
  for (const { ade, managedBy } of disks) {
    const keys = (ade?.keys ?? []).filter(({ keyUrl }) => keyUrl !== null && keyOfUrl(keyUrl) === kek);
    if (managedBy === null || keys.length === 0) continue;
    found.set(keyOfId(managedBy), [...(found.get(keyOfId(managedBy)) ?? []), ...keys]);
  }
  return found;
}

/** A key without its version: a renewed certificate is another version of the same key. */
function keyOfUrl(url: string): string {
  return url.toLowerCase().split('/').slice(0, 5).join('/');
}
