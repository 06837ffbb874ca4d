/**
 * Whether the restore identity has the rights that a restore needs: those of the role `kluis-restore-disks`, each where
 * it counts. It is asked as that identity itself, once for each scope; nobody else sees what it gets through groups.
 */
import { AzureFault } from '../../azure/faults.ts';
import type { AzureReads, StorageAccount, VaultFacts } from '../../azure/gateway.ts';
import { groupOf, keyOfId } from '../../core/arm-id.ts';
import { allowsAction, allowsData } from '../../core/action-match.ts';
import { sameRegion } from '../../readiness/destinations.ts';
import { tried } from '../../readiness/gather/reader.ts';
import type { Read } from '../../readiness/gather/reading.ts';
import { unfitForStaging } from '../../readiness/staging.ts';
import type { ViewPorts } from '../view.ts';

/** Whether it has them at a place; `unread`: that couldn't be read. */
type Held = 'held' | 'lacking' | 'unread';

/**
 * Its rights: by vault, by the resource group of VMs, and by region (`regionKey`), where it takes one storage account
 * for staging and one resource group for the restored disks.
 */
export type RestoreRights = {
  readonly vaults: ReadonlyMap<string, Held>;
  readonly groups: ReadonlyMap<string, Held>;
  readonly staging: ReadonlyMap<string, Held>;
  readonly targets: ReadonlyMap<string, Held>;
};

type Needed = { readonly actions: readonly string[]; readonly dataActions?: readonly string[] };

const recovery = 'Microsoft.RecoveryServices/Vaults';
const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
const machine = 'Microsoft.Compute/virtualMachines/write';
const needed = {
  vault: {
    actions: [
      `${recovery}/backupFabrics/protectionContainers/protectedItems/recoveryPoints/restore/action`,
      `${recovery}/backupTriggerValidateOperation/action`,
      `${recovery}/backupValidateOperationsStatuses/read`,
    ],
  },
  group: { actions: [machine] },
  staging: {
    actions: ['Microsoft.Storage/storageAccounts/write'],
    dataActions: [`${blobs}/read`, `${blobs}/delete`],
  },
  target: { actions: [machine, 'Microsoft.Resources/subscriptions/resourceGroups/write'] },
} as const satisfies Readonly<Record<string, Needed>>;

/** How many accounts or groups of a region are asked until one fits. */
const maxAsked = 30;

type Asked = {
  readonly restores: NonNullable<ViewPorts['restores']>;
  readonly reads: Pick<AzureReads, 'resourceGroups'>;
  readonly vaults: readonly VaultFacts[];
  readonly vmIds: readonly string[];
  /** By the subscription, in lower case. */
  readonly accounts: ReadonlyMap<string, Read<readonly StorageAccount[]>>;
};

/** Reads them. */
export async function readRestoreRights({ restores, reads, vaults, vmIds, accounts }: Asked): Promise<RestoreRights> {
  const heldAt = askOnce(restores);
  const regions = [...new Map(vaults.map((vault) => [regionKey(vault), vault])).values()];
  const groups = [...new Map(vmIds.flatMap((id) => groupIdOf(id) ?? []).map((id) => [keyOfId(id), id])).values()];
  const [ofVaults, ofGroups, staging, targets] = await Promise.all([
    each(vaults, async ({ id }) => [keyOfId(id), await heldAt(id, needed.vault)]),
    each(groups, async (id) => [keyOfId(id), await heldAt(id, needed.group)]),
    each(regions, async (vault) => {
      const read = accounts.get(vault.subscription.toLowerCase());
      const fit = read?.ok ? read.value.filter((one) => unfitForStaging(one, vault.region) === null) : [];
      // That there is none, or that they couldn't be listed, is a finding of its own.
      return [regionKey(vault), fit.length === 0 ? 'held' : await anyHeld(fit, (id) => heldAt(id, needed.staging))];
    }),
    each(regions, async (vault) => {
      const read = await tried(() => reads.resourceGroups(vault.subscription));
      if (!read.ok) return [regionKey(vault), 'unread'];
      const here = read.value.filter(({ region }) => sameRegion(region, vault.region));
      return [regionKey(vault), await anyHeld(here, (id) => heldAt(id, needed.target))];
    }),
  ]);
  return { vaults: ofVaults, groups: ofGroups, staging, targets };
}

/** A vault's region, in its subscription: a restore stays in both. */
export function regionKey({ subscription, region }: Pick<VaultFacts, 'subscription' | 'region'>): string {
  return `${subscription} ${region}`.toLowerCase();
}

/** The ID of the resource group of a resource; null: it is in none. */
export function groupIdOf(id: string): string | null {
  const { subscription, resourceGroup } = groupOf(id) ?? {};
  return subscription && resourceGroup ? `/subscriptions/${subscription}/resourceGroups/${resourceGroup}` : null;
}

/** Whoever has no role at a scope can't even ask there. */
function askOnce(restores: Asked['restores']): (scope: string, needed: Needed) => Promise<Held> {
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
