/**
 * Whether the restore identity has the rights that a restore needs: those of the roles of `manifest/azure` that every
 * restore needs, each where it is assigned. It is asked as that identity itself, once for each scope; nobody else sees
 * what it gets through groups.
 */
import { AzureFault } from '../../azure/faults.ts';
import type { AzureReads, ProtectedItem, StorageAccount, VaultFacts } from '../../azure/gateway.ts';
import { groupIdOf, keyOfId } from '../../core/arm-id.ts';
import { allowsAction, allowsData } from '../../core/action-match.ts';
import { sameRegion } from '../../readiness/destinations.ts';
import { tried } from '../../readiness/gather/reader.ts';
import type { Read } from '../../readiness/reading.ts';
import { linkActions } from '../../operations/restore/restore-disks/restore-checks.ts';
import { isOfService, stagingOf, subscriptionOfRestores } from '../../readiness/staging.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';

/** Whether it has them at a place; `unread`: that couldn't be read. */
type Held = 'held' | 'lacking' | 'unread';

/**
 * Its rights: by vault, by the resource group of VMs, and by where it restores to (`placeKey`), where it takes one
 * storage account for staging and one resource group for the restored disks. `keyTargets`: groups in which it can also
 * write where the disks' keys are now.
 */
export type RestoreRights = {
  readonly vaults: ReadonlyMap<string, Held>;
  readonly groups: ReadonlyMap<string, Held>;
  readonly staging: ReadonlyMap<string, Held>;
  readonly targets: ReadonlyMap<string, Held>;
  readonly keyTargets: ReadonlyMap<string, Held>;
};

type Needed = { readonly actions: readonly string[]; readonly dataActions?: readonly string[] };

const recovery = 'Microsoft.RecoveryServices/Vaults';
const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const needed = {
  vault: {
    actions: [
      `${recovery}/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action`,
      `${recovery}/backupTriggerValidateOperation/action`,
      `${recovery}/backupValidateOperationsStatuses/read`,
    ],
  },
  group: { actions: ['Microsoft.Compute/virtualMachines/write'] },
  staging: {
    actions: ['Microsoft.Storage/storageAccounts/write'],
    dataActions: [`${blobs}/read`, `${blobs}/delete`],
  },
  stagingByIdentity: { actions: ['Microsoft.Storage/storageAccounts/write'] },
  target: { actions: ['Microsoft.Resources/subscriptions/resourceGroups/write'] },
  keyTarget: {
    actions: ['Microsoft.Resources/subscriptions/resourceGroups/write', ...linkActions],
  },
} as const satisfies Readonly<Record<string, Needed>>;

/** How many accounts or groups of a region are asked until one fits. */
const maxAsked = 30;

type Place = { readonly item: Pick<ProtectedItem, 'vmId'>; readonly vault: VaultFacts };

type Asked = {
  readonly restores: NonNullable<Estate['restores']>;
  readonly reads: Pick<AzureReads, 'resourceGroups'>;
  readonly held: readonly Place[];
  /** By the subscription, in lower case. */
  readonly accounts: ReadonlyMap<string, Read<readonly StorageAccount[]>>;
};

/** Reads them. */
export async function readRestoreRights({ restores, reads, held, accounts }: Asked): Promise<RestoreRights> {
  const heldAt = askOnce(restores);
  const vaults = [...new Set(held.map(({ vault }) => vault))];
  const places = [...new Map(held.map((place) => [placeKey(place), place])).values()];
  const ids = held.flatMap(({ item }) => groupIdOf(item.vmId) ?? []);
  const groups = [...new Map(ids.map((id) => [keyOfId(id), id])).values()];
  const targetsWith = (what: Needed) =>
    each(places, async (place) => {
      const read = await groupsIn(subscriptionAt(place));
      if (!read.ok) return [placeKey(place), 'unread'];
      const here = read.value.filter((group) => sameRegion(group.region, place.vault.region) && !isOfService(group));
      return [placeKey(place), await anyHeld(here, (id) => heldAt(id, what))];
    });
  const listed = new Map<string, ReturnType<typeof list>>();
  const list = (subscription: string) => tried(() => reads.resourceGroups(subscription));
  const groupsIn = (subscription: string) => {
    const read = listed.get(subscription) ?? list(subscription);
    listed.set(subscription, read);
    return read;
  };
  const [ofVaults, ofGroups, staging, targets, keyTargets] = await Promise.all([
    each(vaults, async ({ id }) => [keyOfId(id), await heldAt(id, needed.vault)]),
    each(groups, async (id) => [keyOfId(id), await heldAt(id, needed.group)]),
    each(places, async (place) => [placeKey(place), await stagingHeld(place, { accounts, heldAt })]),
    targetsWith(needed.target),
    targetsWith(needed.keyTarget),
  ]);
  return { vaults: ofVaults, groups: ofGroups, staging, targets, keyTargets };
}

type HeldAt = (scope: string, needed: Needed) => Promise<Held>;

/** What Azure stages by the vault's identity, behind a firewall, Kluis doesn't read. */
async function stagingHeld(place: Place, { accounts, heldAt }: Pick<Asked, 'accounts'> & { heldAt: HeldAt }) {
  const { region, systemIdentity: vaultIdentity } = place.vault;
  const read = accounts.get(subscriptionAt(place));
  const fit = (read?.ok ? read.value : []).flatMap((account) => {
    const { unfit, byIdentity } = stagingOf(account, { region, vaultIdentity });
    return unfit === null ? [{ id: account.id, what: byIdentity ? needed.stagingByIdentity : needed.staging }] : [];
  });
  // That there is none, or that they couldn't be listed, is a finding of its own.
  if (fit.length === 0) return 'held';
  const plain = fit.filter(({ what }) => what === needed.staging);
  const [{ what }] = (plain.length > 0 ? plain : fit) as [(typeof fit)[number]];
  return anyHeld(plain.length > 0 ? plain : fit, (id) => heldAt(id, what));
}

/** A vault, and the subscription to which its VM is restored: a restore stays in both. */
export function placeKey(place: Place): string {
  return `${subscriptionAt(place)} ${keyOfId(place.vault.id)}`;
}

function subscriptionAt({ item, vault }: Place): string {
  return subscriptionOfRestores(item.vmId, vault.id).toLowerCase();
}

/** Whoever has no role at a scope can't even ask there. */
function askOnce(restores: Asked['restores']): HeldAt {
  const asked = new Map<string, ReturnType<typeof restores.permissions>>();
  return async (scope, { actions, dataActions = [] }) => {
    const read = asked.get(keyOfId(scope)) ?? restores.permissions(scope);
    asked.set(keyOfId(scope), read);
    try {
      const blocks = (await read).map((block) => ({ dataActions: [], notDataActions: [], ...block }));
      const isAllowed =
        actions.every((action) => allowsAction(blocks, action)) &&
        dataActions.every((action) => allowsData(blocks, action));
      return isAllowed ? 'held' : 'lacking';
    } catch (error) {
      if (!(error instanceof AzureFault)) throw error;
      return error.kind === 'forbidden' ? 'lacking' : 'unread';
    }
  };
}

/** Whether it has them at one of these; asked one after another, since the first nearly always fits. */
async function anyHeld(
  places: readonly { readonly id: string }[],
  heldAt: (id: string) => Promise<Held>,
): Promise<Held> {
  let worst: Held = places.length > maxAsked ? 'unread' : 'lacking';
  for (const { id } of places.slice(0, maxAsked)) {
    const held = await heldAt(id);
    if (held === 'held') return held;
    if (held === 'unread') worst = held;
  }
  return worst;
}

async function each<T>(
  all: readonly T[],
  read: (one: T) => Promise<readonly [string, Held]>,
): Promise<ReadonlyMap<string, Held>> {
  return new Map(await Promise.all(all.map(read)));
}
