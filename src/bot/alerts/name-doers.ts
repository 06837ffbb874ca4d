/**
 * Names who caused what a look found wrong, from Azure's activity log: one read of the vault's resource group for
 * everything new there, and one for each VM that is gone. Each read begins at the last look that saw the thing in
 * order. Events appear in the log minutes late, so a missing name is looked up again at the next looks.
 */
import type { Doer, SightedKind } from '../../alerts/alert.ts';
import type { Sighting } from '../../alerts/fold.ts';
import { causingEvent } from '../../alerts/looks/doers.ts';
import type { Look } from '../../alerts/looks/look.ts';
import { AzureFault } from '../../azure/faults.ts';
import type { ActivityAsk, ActivityEvent } from '../../azure/gateway.ts';
import { keyOfId } from '../../core/arm-id.ts';
import { ownOf } from '../../core/own-of.ts';
import { loggable } from '../../core/log.ts';
import { openAlerts } from '../../store/alerts.ts';
import type { Deps } from '../deps.ts';

const hourMs = 3_600_000;
/** How long an event may take to appear in the log, and how far back the log goes. */
const [lateMs, keptMs] = [2 * hourMs, 89 * 24 * hourMs];
/** Azure's clock is known to the second; this margin includes events of the current one. */
const marginMs = 300_000;
/** By how much Azure's clocks may differ from one another. */
const skewMs = 10_000;
/** How many gone VMs are looked up individually in one look. */
const maxVms = 20;

type Search = {
  readonly sighting: Sighting;
  readonly kind: SightedKind;
  readonly of: string;
  readonly from: Date;
  readonly to: Date;
};

/** The sightings of a look; the new ones with the name of whoever caused them. */
export async function nameDoers(deps: Deps, look: Look, seen: readonly Sighting[]): Promise<readonly Sighting[]> {
  const over = new Set(seen.flatMap(({ subject, cause }) => (cause === null ? [subject.key] : [])));
  const pending = (await unnamed(deps, look)).filter(({ subject }) => !over.has(subject.key));
  const news = seen.filter(({ at }) => at === look.now.toISOString());
  const searches = [...news, ...pending].flatMap((sighting) => searchOf(sighting, look));
  if (searches.length === 0) return seen;
  const named = await namedBy(deps, look, searches);
  const known = seen.map((sighting) => named.get(sighting) ?? sighting);
  return [...known, ...pending.flatMap((sighting) => named.get(sighting) ?? [])];
}

/** This vault's open alerts that name nobody yet and are so recent that the log still may. */
async function unnamed({ database }: Deps, { vault, now }: Look): Promise<Sighting[]> {
  const open = await openAlerts(database.db);
  return open.flatMap(({ alert: { cause, affected } }) =>
    affected
      .filter(({ end, doer, vaultId }) => end === null && doer === 'unnamed' && keyOfId(vaultId) === keyOfId(vault.id))
      .filter(({ since }) => now.getTime() - Date.parse(since) < lateMs)
      .map((one) => ({ ...one, subject: one, at: one.last, cause })),
  );
}

/** From when it was last seen in order, as far as the log goes back. */
function searchOf(sighting: Sighting, { now }: Look): Search[] {
  const { cause, sought } = sighting;
  if (cause === null || cause.kind === 'backup-failed' || !sought) return [];
  const earliest = now.getTime() - keptMs;
  const from = sought.from === null ? earliest : Math.max(earliest, Date.parse(sought.from) - marginMs);
  const to = new Date(Date.parse(sighting.at) + skewMs);
  return [{ sighting, kind: cause.kind, of: sought.of, from: new Date(from), to }];
}

async function namedBy(
  deps: Deps,
  { vault, now }: Look,
  searches: readonly Search[],
): Promise<ReadonlyMap<Sighting, Sighting>> {
  const read = (ask: Pick<ActivityAsk, 'of' | 'from'>) =>
    eventsOf(deps, { subscription: vault.subscription, to: new Date(now.getTime() + marginMs), ...ask });
  const [gone, others] = [
    searches.filter(({ kind }) => kind === 'vm-gone'),
    searches.filter(({ kind }) => kind !== 'vm-gone'),
  ];
  const first = new Date(Math.min(...others.map(({ from }) => from.getTime())));
  const ofVault = others.length > 0 ? await read({ of: { resourceGroup: vault.resourceGroup }, from: first }) : null;
  const ofVms = await Promise.all(
    gone.map(({ of, from }, at) => (at < maxVms ? read({ of: { resourceId: of }, from }) : null)),
  );
  const found = [
    ...others.map((one) => ({ one, events: ofVault })),
    ...gone.map((one, at) => ({ one, events: ofVms[at] ?? null })),
  ].map(({ one, events }) => ({ one, event: events && eventIn(events, one) }));
  const ids = found.flatMap(({ event }) => (event && event !== 'unnamed' ? (event.caller ?? []) : []));
  const names = await deps.namesOf(ids);
  return new Map(found.map(({ one, event }) => [one.sighting, { ...one.sighting, doer: doerOf(event, names) }]));
}

function eventIn(events: readonly ActivityEvent[], one: Search): ActivityEvent | 'unnamed' {
  return causingEvent(one.kind, one, events) ?? 'unnamed';
}

function doerOf(event: ActivityEvent | 'unnamed' | null, names: Readonly<Record<string, string>>): Doer {
  if (event === null) return 'unread';
  if (event === 'unnamed' || event.caller === null) return 'unnamed';
  return { who: ownOf(names, event.caller.toLowerCase()) ?? event.caller, at: event.at.toISOString() };
}

/** Null if they couldn't be read: the card says so, and nothing else waits for it. */
async function eventsOf(deps: Deps, ask: ActivityAsk): Promise<readonly ActivityEvent[] | null> {
  try {
    return await deps.azure.reads.activity(ask);
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    deps.log.info({ ...loggable(error) }, 'the activity log could not be read');
    return null;
  }
}
