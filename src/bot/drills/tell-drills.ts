/** Messages to an entry's channel about drills that don't start: each reason once. */
import { keyOfId } from '../../core/arm-id.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { words, type Words } from '../../message/words.ts';
import { refusedNote, standingNote } from '../../operations/drill/allow-drills/notes.ts';
import type { DrillRefusal, DrillVm, Standing } from '../../operations/parts/drill-books.ts';
import { reasonKey } from '../../operations/wording/drill-refusal.ts';
import { shapeOf, type ScheduledDrill } from '../../operations/parts/drill-setup.ts';
import type { Conversation } from '../../store/conversations.ts';
import { drillTurns, noteDrillTold } from '../../store/drills.ts';
import { enqueueMessage } from '../../store/messages.ts';
import type { Within } from '../deps.ts';
import { scheduledDrills } from '../estate/drill-books.ts';
import { renderContextIn } from '../render-context.ts';
import { renderMessage } from '../render-message.ts';

type OfEntry = { readonly entry: ScheduledDrill; readonly place: Conversation };
type Stands = OfEntry & { readonly told: string | null; readonly standing: Standing };

/** Says that an entry's drills wait to be allowed, or no longer start; the person who ended them knows. */
export async function tellStanding(within: Within, { entry, place, told, standing }: Stands): Promise<void> {
  const now = standing === 'holds' ? null : `${standing} ${shapeOf(entry)}`;
  if (now === told) return;
  const { name } = entry.schedule;
  await noteDrillTold(within.unit.q, name, now);
  if (standing === 'holds' || standing === 'ended') return;
  await post(within, place, (said) => standingNote(said, { name, standing }));
}

type Refused = OfEntry & { readonly vm: DrillVm; readonly because: DrillRefusal; readonly vms: readonly DrillVm[] };

/**
 * Says why a VM gets no drill, unless the channel already knows that about it, or about another VM with drills there.
 */
export async function tellRefused(within: Within, { entry, place, vm, because, vms }: Refused): Promise<void> {
  const { channel, name } = entry.schedule;
  const here = new Set(
    scheduledDrills(within.deps).flatMap(({ schedule }) => (schedule.channel === channel ? [schedule.name] : [])),
  );
  const turns = await drillTurns(within.unit.q);
  const known = vms
    .filter((one) => here.has(one.entry))
    .flatMap(({ id }) => turns.get(keyOfId(id))?.refused ?? [])
    .map((refused) => reasonKey(refused as DrillRefusal));
  if (known.includes(reasonKey(because))) return;
  await post(within, place, (said) => refusedNote(said, { name, vm: vm.name, because }));
}

async function post({ deps, unit }: Within, place: Conversation, note: (said: Words) => CardMessage): Promise<void> {
  const context = renderContextIn(deps, place.id, place);
  const desired = renderMessage(note(words(context)), context);
  await enqueueMessage(unit.q, { id: deps.newId(), conversationId: place.id, desired });
  unit.wake({ to: 'deliver', id: place.id });
}
