/**
 * The message below which a conversation takes place: if the bot itself posted it, it shows the verdict on what was
 * asked there, so that a channel shows answers and not only commands. Its reaction follows, whoever wrote it.
 *
 * The verdict is that of the card that answers the root, or of a later operation on its VMs that does again what is
 * still open for them: so a failure isn't shown for good that was made up for below. Another VM's backup, a restore of
 * the VM whose backup failed, and a card that only asks or shows something change nothing.
 */
import { parseArmId } from '../../core/arm-id.ts';
import { isRefusal } from '../../core/refusal.ts';
import { isNamedBy, parseTarget } from '../../core/vm-target.ts';
import { messageOnPlatform } from '../../store/messages.ts';
import { threadCards, type StoredCard } from '../../store/thread-cards.ts';
import { inTransaction, type Deps } from '../deps.ts';
import type { DoesOnVm, OutgoingMessage } from '../port.ts';
import { endBy } from '../render-message.ts';
import { renderOpening, openingOf } from '../turn/open-thread.ts';
import { plainWords } from '../commands/plain-words.ts';
import type { Sending } from './sending.ts';
import { updateIfChanged } from '../update-if-changed.ts';

/**
 * Shows the newest verdict on the root of the thread of a message that was just sent. It is read from the stored
 * messages, so it is the same in whatever process and order they were sent. Idempotent.
 */
export async function headRoot(deps: Deps, { to, sender, message, drawn }: Sending): Promise<void> {
  if (!drawn.mark || message.privateTo !== null) return;
  const root = sender.rootOf?.(to);
  if (!root || !(drawn.does || message.asked.includes(root.messageId))) return;
  const { conversation, messageId } = root;
  const verdict = await inTransaction(deps, async (unit) => {
    const found = await messageOnPlatform(unit.q, conversation, messageId);
    const opening = found && openingOf(found);
    const sent = { id: message.id, rev: message.desiredRev };
    const cards = await threadCards(unit.q, { conversationId: to.id, root: messageId, sent });
    const told = threadVerdict(cards, opening?.text ?? '');
    // One that is yet to be sent sets the root then: it never says what no card does.
    if (!told?.isSent) return null;
    if (!found || !opening) return told;
    const headed = { ...renderOpening(opening, told), opening };
    if (await updateIfChanged(unit.q, found.id, headed)) unit.wake({ to: 'deliver', id: conversation });
    return told;
  });
  // What answers the root sets its reaction by itself.
  if (!verdict?.mark || verdict.answersRoot) return;
  void sender.react?.(to, messageId, verdict.mark === 'busy' ? 'working' : endBy(verdict.mark));
}

/** The verdict on a card. */
type Verdict = Pick<OutgoingMessage, 'mark' | 'summary'> & Pick<StoredCard, 'answersRoot' | 'isSent'>;

/** Finds it in the cards, oldest first; null: none of them answers the root. `asked`: the text of the root. */
function threadVerdict(cards: readonly StoredCard[], asked: string): Verdict | null {
  const known = new Set<string>();
  let told: (Verdict & { readonly does: readonly DoesOnVm[] }) | null = null;
  for (const { answersRoot, isSent, desired } of cards) {
    const { mark, summary, does: own } = desired as Pick<OutgoingMessage, 'mark' | 'summary' | 'does'>;
    const does = own ?? [];
    if (answersRoot) for (const { vm } of does) known.add(vm);
    const isAbout = ({ vm }: DoesOnVm) => (known.size > 0 ? known.has(vm) : isNamedIn(asked, vm));
    const isNewer = told !== null && does.length > 0 && does.every(isAbout) && doesAgain(does, told.does);
    if (answersRoot || isNewer) told = { answersRoot, isSent, mark, summary, does };
  }
  return told;
}

/** Whether it does, for each VM for which something is open, some of that. */
function doesAgain(does: readonly DoesOnVm[], before: readonly DoesOnVm[]): boolean {
  return before.every(({ vm, open }) => {
    const now = does.filter((one) => one.vm === vm).flatMap((one) => [...one.done, ...one.open]);
    return open.length === 0 || now.some((part) => open.includes(part));
  });
}

/** Whether a command names a VM: until an operation was started on it, nothing else says which one it is about. */
function isNamedIn(text: string, vm: string): boolean {
  const id = parseArmId(vm);
  const targets = plainWords(text).map(parseTarget);
  return id !== null && targets.some((target) => !isRefusal(target) && isNamedBy(id, target));
}
