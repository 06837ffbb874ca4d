import { z } from 'zod';
import { subscriptionOf } from '../../core/arm-id.ts';
import type { Ask } from '../../people/rights.ts';
import { minute, second } from '../ground/durations.ts';
import { onItemWithKeys, type Run } from '../ground/part.ts';
import { asksOnVm, targetOf } from '../ground/targets.ts';

/**
 * Putting back the keys and secrets of restored disks, if they are gone. `keyVaults` are those of the VM's disks and
 * the only ones that are written to; null: unread, then they are whichever the disks name.
 */
export const putBackPart = z
  .object({
    ...onItemWithKeys,
    does: z.literal('restore-key-and-secret'),
    /** Where the disks are; absent in earlier plans. `newVm`: the VM that is created from them; absent: none. */
    targetGroup: z.object({ id: z.string(), name: z.string() }).readonly().optional(),
    newVm: z.string().optional(),
  })
  .readonly();
export type PutBackPart = z.infer<typeof putBackPart>;

const obstacle = z
  .object({
    why: z.enum(['firewall', 'access', 'key-vault', 'key-disabled', 'secret-disabled', 'staging']),
    /** The key vault, or the storage account. */
    place: z.string(),
    /** The key or the secret, and its version. */
    name: z.string().nullable(),
    version: z.string().nullable(),
    /** The address that its firewall blocks, as Azure names it. */
    address: z.string().nullable(),
    /** For a key vault that is gone: whether it can be recovered, and where it was. Earlier rows don't say. */
    gone: z
      .object({ is: z.enum(['deleted', 'purged', 'unread']), id: z.string(), region: z.string().nullable() })
      .readonly()
      .optional(),
    /** How the key vault gives access, by its own refusal; absent: it doesn't say. */
    model: z.enum(['policies', 'roles']).optional(),
    since: z.string(),
  })
  .readonly();
/** What blocks it until a person removes that. */
export type Obstacle = z.infer<typeof obstacle>;

const need = z
  .object({
    kind: z.enum(['key', 'secret']),
    url: z.string(),
    uri: z.string(),
    keyVaultId: z.string(),
    keyVault: z.string(),
    name: z.string(),
    version: z.string(),
    wrappedBy: z.string().nullable(),
  })
  .readonly();
/**
 * A key or a secret that disks name, in one version. `uri` is its key vault's. `wrappedBy`: the URL of the key that a
 * secret is encrypted with; null: none.
 */
export type Need = z.infer<typeof need>;

const how = z.enum(['recovered', 'restored', 'new-version']);

const done = z
  .object({
    how,
    kind: z.enum(['key', 'secret']),
    name: z.string(),
    keyVault: z.string(),
  })
  .readonly();
/** What was done with one key or secret. */
export type PutBack = z.infer<typeof done>;

/** What its stages hand over. Names and URLs, never the content of a key or a secret. */
export const putBackMemo = z
  .object({
    /** The ids of the restored disks. */
    disks: z.array(z.string()).readonly().optional(),
    os: z.string().nullable().optional(),
    /**
     * Where it was read which keys the disks need: in the disks, or in the restore's file, since with an Entra
     * application no disk says it; `nowhere`: it wasn't. Absent in earlier rows: in the disks.
     */
    read: z.enum(['disks', 'file', 'nowhere']).optional(),
    /** The disks were encrypted with an Entra application; `keys` are the URLs that its extension needs. */
    entraApp: z.object({ secretUrl: z.string(), keyUrl: z.string().nullable() }).readonly().optional(),
    done: z.array(done).readonly().optional(),
    /** Secrets that have a new URL: by the one that disks name. */
    moved: z
      .array(z.object({ from: z.string(), to: z.string() }).readonly())
      .readonly()
      .optional(),
    /** What is being brought back, and how. */
    doing: z.object({ need, how }).readonly().optional(),
    /** The URLs of what was requested, and until when it may take to appear, in ISO. */
    asked: z.array(z.string()).readonly().optional(),
    until: z.string().optional(),
    obstacle: obstacle.nullable().optional(),
    /** How often a disk couldn't be found, and how often somebody else's write came first. */
    missed: z.number().optional(),
    conflicts: z.number().optional(),
  })
  .readonly();

/** The types of `restore-key-and-secret`. */
export type RestoreKeyAndSecret = {
  readonly part: PutBackPart;
  readonly memo: z.infer<typeof putBackMemo>;
  readonly waits: typeof keyWaits;
};

/** The part's ID in a restore's plan. */
export const putBackPartId = 'keys';

/** The part that follows the restore of a VM's disks. */
export function planPutBack({
  vm,
  keyVaults,
  ref,
  vaultName,
  targetGroup,
  newVm,
}: Omit<PutBackPart, 'id' | 'after' | 'does'>): PutBackPart {
  return {
    id: putBackPartId,
    after: [],
    does: 'restore-key-and-secret',
    vm,
    keyVaults,
    ref,
    vaultName,
    ...(targetGroup && { targetGroup }),
    ...(newVm && { newVm }),
  };
}

/** Whether the disks of the same plan's restore were encrypted with an Entra application. */
export function wasEntraApp({ others }: Pick<Run, 'others'>): boolean {
  return putBackMemo.parse(others(putBackPartId)?.memo ?? {}).entraApp !== undefined;
}

/** The secrets that got a new URL when they were put back. */
export function movedIn({ others }: Pick<Run, 'others'>): NonNullable<RestoreKeyAndSecret['memo']['moved']> {
  return putBackMemo.parse(others(putBackPartId)?.memo ?? {}).moved ?? [];
}

/** How long putting keys back waits, in milliseconds. */
export const keyWaits = {
  /** Between two looks for what was put back, and how long it may take to appear. */
  keyLook: 5 * second,
  keyShows: 5 * minute,
  /** Between two checks whether a person has removed an obstacle, and how long to wait for that. */
  obstacleLook: minute,
  obstacleStays: 24 * 60 * minute,
};

const actions = ['Microsoft.KeyVault/vaults/keys/write', 'Microsoft.KeyVault/vaults/secrets/write'];

/** The right to put keys back for a VM, in each key vault of its disks; if unread, in any of its subscription. */
export function putBackAsks(part: PutBackPart): readonly Ask[] {
  const scopes = part.keyVaults?.map(({ id }) => id) ?? [`/subscriptions/${subscriptionOf(part.vm.id)}`];
  const places = part.keyVaults?.map(({ id, name }) => ({ ...targetOf(id), keyVault: name })) ?? [];
  const asks = asksOnVm(
    part.does,
    part,
    scopes.map((scope) => ({ scope, actions })),
  );
  return asks.map((ask) => ({ ...ask, also: [...(ask.also ?? []), ...places] }));
}
