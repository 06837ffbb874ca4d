/**
 * Names who caused what a look found wrong, from Azure's activity log: one read of the vault's resource group for
 * everything new there, and one for each VM that is gone. Events appear in the log minutes late, so a missing name is
 * looked up again at the next looks.
 */
import type { Doer, SightedKind } from '../../alerts/alert.ts';
import type { Sighting } from '../../alerts/fold.ts';
import { deedOf, hasDoer } from '../../alerts/looks/doers.ts';
import type { Look } from '../../alerts/looks/look.ts';
import type { Noted } from '../../alerts/looks/noted.ts';
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
const aheadMs = 300_000;
/** How many gone VMs are looked up individually in one look. */
const maxVms = 20;

type Seen = { readonly seen: readonly Sighting[]; readonly noted: Noted };
type Found = { readonly look: Look; readonly before: Noted | null; readonly after: Seen };
type Wrong = { readonly sighting: Sighting; readonly kind: SightedKind; readonly resourceId: string };

/** The sightings of a look; the new ones with the name of whoever caused them. */
export async function nameDoers(deps: Deps, { look, before, after }: Found): Promise<readonly Sighting[]> {
  const pending = await unnamed(deps, look);
  const news = after.seen.filter(({ cause, at }) => cause !== null && at === look.now.toISOString());
  const wrong = [...news, ...pending].flatMap((sighting) => wrongOf(sighting, look, [before, after.noted]));
  if (wrong.length === 0) return after.seen;
  const named = await namedBy(deps, look, wrong);
  const known = after.seen.map((sighting) => named.get(sighting) ?? sighting);
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

/** The same, with the resource whose events say who did it. A subject's key has its kind before the resource's key. */
function wrongOf(sighting: Sighting, { vault }: Look, noted: readonly (Noted | null)[]): Wrong[] {
  const { cause, subject } = sighting;
  if (cause === null || cause.kind === 'backup-failed' || !hasDoer(cause.kind)) return [];
  const { kind } = cause;
  const key = subject.key.slice(kind.length + 1);
  if (subject.of === 'vault') return [{ sighting, kind, resourceId: vault.id }];
  if (kind === 'vm-gone') return [{ sighting, kind, resourceId: key }];
  const items = noted.flatMap((one) => Object.entries(one?.items ?? {}));
  const item = items.find(([, found]) => found.subject.key === key);
  return item ? [{ sighting, kind, resourceId: item[0] }] : [];
}

async function namedBy(deps: Deps, look: Look, wrong: readonly Wrong[]): Promise<ReadonlyMap<Sighting, Sighting>> {
  const { vault, now } = look;
  const of = (ask: Pick<ActivityAsk, 'of'>, backMs: number) =>
    eventsOf(deps, {
      subscription: vault.subscription,
      from: new Date(now.getTime() - backMs),
      to: new Date(now.getTime() + aheadMs),
      ...ask,
    });
  const [gone, others] = [
    wrong.filter(({ kind }) => kind === 'vm-gone'),
    wrong.filter(({ kind }) => kind !== 'vm-gone'),
  ];
  const ofVault = others.length > 0 ? await of({ of: { resourceGroup: vault.resourceGroup } }, lateMs) : null;
  const ofVms = await Promise.all(
    gone.map(({ resourceId }, at) => (at < maxVms ? of({ of: { resourceId } }, keptMs) : null)),
  );
  const found = [
    ...others.map((one) => ({ one, events: ofVault })),
    ...gone.map((one, at) => ({ one, events: ofVms[at] ?? null })),
  ].map(({ one, events }) => ({ one, deed: events && deedIn(events, one) }));
  const ids = found.flatMap(({ deed }) => (deed && deed !== 'unnamed' ? (deed.caller ?? []) : []));
  const names = await deps.namesOf(ids);
  return new Map(found.map(({ one, deed }) => [one.sighting, { ...one.sighting, doer: doerOf(deed, names) }]));
}

function deedIn(events: readonly ActivityEvent[], { kind, resourceId }: Wrong): ActivityEvent | 'unnamed' {
  return deedOf(kind, resourceId, events) ?? 'unnamed';
}

function doerOf(deed: ActivityEvent | 'unnamed' | null, names: Readonly<Record<string, string>>): Doer {
  if (deed === null) return 'unread';
  if (deed === 'unnamed' || deed.caller === null) return 'unnamed';
  return { who: ownOf(names, deed.caller.toLowerCase()) ?? deed.caller, at: deed.at.toISOString() };
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
