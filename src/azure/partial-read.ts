/**
 * Reads of several subscriptions and Recovery Services vaults, of which some may not be readable. What was read is kept
 * apart from what was not, so that nobody takes a gap for "none".
 */
import { answerOf, AzureFault } from './faults.ts';
import type { AzureReads, VaultFacts } from './gateway.ts';

/**
 * A place that could not be read: in a subscription its list of VMs or vaults, in a vault what it holds. `action` is
 * the right that is missing, where Azure names it; `silent`: Azure gave no answer, or none that is known.
 */
export type Unread = {
  readonly of: 'subscription' | 'vault';
  readonly name: string;
  readonly subscription: string;
  readonly region: string | null;
  readonly why: 'denied' | 'missing' | 'silent';
  readonly action: string | null;
  /** What Azure answered there, in its own terms, if it did. */
  readonly answer?: string;
};

/** What was read, place by place, and which places could not be. */
export type PartialRead<T> = { readonly read: readonly T[]; readonly unread: readonly Unread[] };

type ReadSource = Pick<Unread, 'of' | 'name' | 'subscription' | 'region'>;

/**
 * Reads place by place. It throws where nothing at all was read and Azure did not answer, since that passes; and where
 * we have no identity or are to wait, since that holds for every place.
 */
async function readEach<P, T>(
  places: readonly P[],
  read: (place: P) => Promise<T>,
  placeOf: (place: P) => ReadSource,
): Promise<PartialRead<T>> {
  const all = await Promise.all(
    places.map(async (place) => {
      try {
        return { ok: true as const, value: await read(place) };
      } catch (error) {
        if (!(error instanceof AzureFault) || error.kind === 'unauthenticated' || error.kind === 'throttled')
          throw error;
        return { ok: false as const, error, unread: { ...placeOf(place), ...reasonOf(error) } };
      }
    }),
  );
  const failed = all.filter((one) => !one.ok);
  const passing = failed.find(({ unread }) => unread.why === 'silent');
  if (passing && failed.length === all.length) throw passing.error;
  return { read: all.flatMap((one) => (one.ok ? [one.value] : [])), unread: failed.map(({ unread }) => unread) };
}

/** All Recovery Services vaults of these subscriptions. */
export async function readVaults(
  reads: Pick<AzureReads, 'vaults'>,
  subscriptions: readonly string[],
): Promise<PartialRead<VaultFacts>> {
  const lists = await perSubscription(subscriptions, (id) => reads.vaults(id));
  return { read: lists.read.flat(), unread: lists.unread };
}

/** Reads something of each subscription. */
export function perSubscription<T>(
  subscriptions: readonly string[],
  read: (subscription: string) => Promise<T>,
): Promise<PartialRead<T>> {
  return readEach(subscriptions, read, (id) => ({ of: 'subscription', name: id, subscription: id, region: null }));
}

/** Reads something of each vault. */
export function perVault<T>(
  vaults: readonly VaultFacts[],
  read: (vault: VaultFacts) => Promise<T>,
): Promise<PartialRead<T>> {
  return readEach(vaults, read, ({ name, subscription, region }) => ({ of: 'vault', name, subscription, region }));
}

/** Why a place couldn't be read. */
export function reasonOf({ kind, facts }: AzureFault): Pick<Unread, 'why' | 'action' | 'answer'> {
  if (kind === 'forbidden') return { why: 'denied', action: facts.action };
  if (kind === 'missing') return { why: 'missing', action: null };
  const answer = answerOf(facts);
  return { why: 'silent', action: null, ...(answer !== null && { answer }) };
}
