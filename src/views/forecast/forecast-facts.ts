/**
 * What a forecast is based on, read by lists: the number of calls grows with the pages of the lists, not with the VMs.
 */
import type { AzureReads, PolicyFacts, ProtectedItem, VaultFacts } from '../../azure/gateway.ts';
import { perVault, readVaults, type Unread } from '../../azure/partial-read.ts';
import { keyOfId, parseArmId } from '../../core/arm-id.ts';
import { judge } from '../../readiness/assess/assess.ts';
import { gatherEstate } from '../../readiness/gather/gather-many.ts';
import { gatherProof, isDisprovable } from '../../readiness/gather/gather-proof.ts';
import { indexOf } from '../../readiness/gather/index-of.ts';
import type { VmReading } from '../../readiness/reading.ts';
import { kindOfItem } from '../../readiness/protection.ts';
import type { Estate } from '../../operations/dialogs/estate.ts';
import { adeOf, type AdeLeft } from './ade-left.ts';
import { checkedOf, type Checked, type CheckedVm } from './checked.ts';
import { readRestores, withDoubts, type Doubts, type RestoreFacts } from './restore-facts.ts';

/**
 * A VM that a vault backs up. `assessment` null: the vault doesn't say which VM it is, or it is one too many (`beyond`)
 * and wasn't checked; there were that many.
 */
export type HeldVm = Doubts & {
  readonly beyond: number | null;
  readonly item: ProtectedItem;
  readonly vault: VaultFacts;
  readonly policy: PolicyFacts | null;
  readonly assessment: Checked | null;
};

/** All of it, as of `now`. */
export type ForecastFacts = {
  readonly now: Date;
  readonly vms: readonly HeldVm[];
  readonly restores: RestoreFacts;
  readonly ade: AdeLeft;
  readonly unread: readonly Unread[];
};

/** For how many VMs the recovery points are read, which may disprove what the checks say about their keys. */
const maxProofs = 100;

/**
 * How many VMs are checked. Little is kept of each, but the lists that they are in are in memory at once: with 10,000,
 * a process had 430 MB, of which 200 are the program.
 */
const maxChecked = 10_000;

type Bounds = {
  /** Which VMs are checked before others, if there are too many. */
  readonly first?: (vm: string) => boolean;
  readonly most?: number;
};

/** Reads it. Of VMs beyond `most` only what their vault's list says is known. */
export async function readForecastFacts(estate: Estate, bounds: Bounds = {}): Promise<ForecastFacts> {
  const shared = { ...estate, reads: readOnce(estate.reads) };
  const { reads, readiness } = shared;
  const now = estate.azureNow();
  const listed = await readVaults(reads, estate.subscriptions);
  const items = await perVault(listed.read, async (vault) =>
    (await reads.protectedItems(vault.id)).map((item) => ({ vault, item })),
  );
  const all = items.read.flat().filter(({ item }) => kindOfItem(item) === 'protected');
  const { held, left } = within(bounds, all);
  const vaults = [...new Set(held.map(({ vault }) => vault))];
  const [policies, seen, restores] = await Promise.all([
    perVault(vaults, (vault) => reads.policies(vault.id)),
    readEstate(
      held.map(({ item }) => item),
      shared,
    ),
    readRestores(held, shared),
  ]);
  const policyOf = indexOf<PolicyFacts>(({ id }) => keyOfId(id));
  const known = policies.read.flat();
  const vms = held.map(({ item, vault }) => ({
    item,
    vault,
    policy: item.policyId === null ? null : policyOf(known, keyOfId(item.policyId)),
    assessment: seen.checked.get(keyOfId(item.vmId))?.checked ?? null,
    disks: seen.checked.get(keyOfId(item.vmId))?.disks ?? [],
    beyond: null,
  }));
  return {
    now,
    vms: [...(await withDoubts(vms, { estate: shared, restores })), ...left],
    restores,
    ade: adeOf({ listed: seen.listed, now, ownerTag: readiness.rules.ownerTag }),
    unread: [...listed.unread, ...items.unread, ...policies.unread],
  };
}

type Held = Pick<HeldVm, 'item' | 'vault'>;

/** Which are checked, and those that are too many. */
function within({ first = () => true, most = maxChecked }: Bounds, all: readonly Held[]) {
  const rank = ({ item, vault }: Held) => Number(!first(calledIn(item, vault)));
  const ranked = all.length > most ? all.toSorted((a, b) => rank(a) - rank(b)) : all;
  const unchecked = { policy: null, assessment: null, points: null, keys: null, beyond: all.length - most };
  return { held: ranked.slice(0, most), left: ranked.slice(most).map((one): HeldVm => ({ ...one, ...unchecked })) };
}

/** The words by which somebody may name a VM. */
function calledIn({ vmId, friendlyName }: ProtectedItem, vault: VaultFacts): string {
  const id = parseArmId(vmId);
  return `${id?.name ?? friendlyName} ${id?.resourceGroup ?? ''} ${vault.name}`;
}

async function readEstate(items: readonly ProtectedItem[], { reads, readiness, subscriptions, azureNow }: Estate) {
  const asks = items.flatMap(({ vmId }) => {
    const id = parseArmId(vmId);
    return id ? [{ vmId, subscription: id.subscription }] : [];
  });
  const open: VmReading[] = [];
  const check = (reading: VmReading, findings = judge(reading, readiness.rules)) =>
    [keyOfId(reading.vmId), checkedOf(reading, findings)] as const;
  const first = (reading: VmReading) => {
    const judged = judge(reading, readiness.rules);
    if (open.length < maxProofs && judged.findings.some(isDisprovable)) open.push(reading);
    return check(reading, judged);
  };
  const ask = { ...readiness, vms: asks, subscriptions, now: azureNow() };
  const { judged, listed } = await gatherEstate(reads, ask, first);
  const proven = await Promise.all(open.map(async (reading) => check(await gatherProof(reads, reading))));
  return { checked: new Map<string, CheckedVm>([...judged, ...proven]), listed };
}

/** The lists that both the items and the checks are based on, requested once. */
export function readOnce(reads: AzureReads): AzureReads {
  return {
    ...reads,
    vaults: once(reads.vaults),
    protectedItems: once(reads.protectedItems),
    policies: once(reads.policies),
  };
}

function once<T>(read: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (id) => {
    const answer = asked.get(keyOfId(id)) ?? read(id);
    asked.set(keyOfId(id), answer);
    return answer;
  };
}
