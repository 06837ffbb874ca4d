/**
 * What the company knows about undocumented errors: `backup causes` lists it, and an administrator writes, changes and
 * removes entries. They inform people and decide nothing: no operation starts because of an entry.
 */
import { ownOf } from '../../core/own-of.ts';
import { refuse, type Refusal } from '../../core/refusal.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { words, type Words } from '../../message/words.ts';
import { alertsOfCause } from '../../store/alerts.ts';
import { removeCompanyEntry, saveCompanyEntry } from '../../store/company-entries.ts';
import { messageOnPlatform, setDesiredState } from '../../store/messages.ts';
import { redrawAlert } from '../alerts/show-alert.ts';
import type { Answer, InboundEvent } from '../port.ts';
import { record } from '../record.ts';
import { renderMessage } from '../render-message.ts';
import { refusalOf, viewRefusal } from '../rights/gate.ts';
import type { Turn } from '../turn-context.ts';
import { causeClosed, causeForm, causeList, causeSaved, limits, notToWrite } from './cause-cards.ts';
import { errorOf, type ErrorSeen } from './error-seen.ts';

type Click = Extract<InboundEvent, { kind: 'click' }>;

/** The list, or the form for the error of a job or an entry. */
export async function causesCard(turn: Turn, asked: string | null): Promise<CardMessage | Refusal> {
  const { deps, unit, rights } = turn;
  const said = words(turn.context);
  const written = await deps.company.refresh(unit.q);
  if (asked === null) {
    return viewRefusal(rights) ?? causeList(said, [...written.values()], barred(turn) === null);
  }
  const no = barred(turn);
  if (no) return no;
  const seen = await errorOf(unit.q, asked, written);
  return 'not' in seen ? notToWrite(said, seen.not, asked) : causeForm(said, seen, asked);
}

/** Handles the form that an administrator sent. The error is looked up again, and so is who can write. */
export async function clickOnCause(turn: Turn, click: Click, asked: string): Promise<Answer | Refusal> {
  const { deps, unit } = turn;
  const no = barred(turn);
  if (no) return no;
  const seen = await errorOf(unit.q, asked, await deps.company.refresh(unit.q));
  const said = words(turn.context);
  if ('not' in seen) return shown(turn, click, notToWrite(said, seen.not, asked));
  if (click.verb === 'close-cause') return shown(turn, click, causeClosed(said));
  if (click.verb === 'remove-cause') return changed(turn, click, await removed(turn, seen));
  if (click.verb !== 'save-cause') return refuse('unreadable-click');
  const given = readForm(said, click.inputs);
  if ('fields' in given) return { show: 'text', text: Object.values(given.fields).join(' '), code: null, ...given };
  return changed(turn, click, await saved(turn, seen, given));
}

/**
 * What prevents a person from writing: it takes an administrator, and an installation whose database, clock and
 * identities are healthy.
 */
function barred({ deps, rights }: Turn): Refusal | null {
  const unsafe = rights === null ? 'identity' : deps.unsafeBecause();
  if (rights === null || unsafe !== null) return refuse('not-trusted-now', { what: unsafe ?? 'identity' });
  return refusalOf(rights.mayAdminister('explain-errors'));
}

type Given = { readonly cause: string; readonly fixes: readonly string[] };

function readForm({ say }: Words, inputs: Click['inputs']): Given | { readonly fields: Record<string, string> } {
  const text = (id: string) => String(ownOf(inputs, id) ?? '').trim();
  const cause = text('cause').replace(/\s+/g, ' ');
  const fixes = text('fix')
    .split(/[\r\n]+/)
    .map((step) => step.trim())
    .filter((step) => step !== '');
  const isLong = fixes.length > limits.steps || fixes.some((step) => lengthOf(step) > limits.step);
  const fields = {
    ...(cause === '' && { cause: say('causes.cause-missing') }),
    ...(lengthOf(cause) > limits.cause && {
      cause: say('causes.cause-long', { max: limits.cause, count: lengthOf(cause) }),
    }),
    ...(fixes.length === 0 && { fix: say('causes.fix-missing') }),
    ...(isLong && { fix: say('causes.fix-long', { steps: limits.steps, max: limits.step }) }),
  };
  return Object.keys(fields).length > 0 ? { fields } : { cause, fixes };
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}

async function saved(turn: Turn, { error }: ErrorSeen, given: Given): Promise<ErrorSeen['error']> {
  const { id, key, operation, codes, says, fragment } = error;
  const by = turn.inbound.person.name;
  await saveCompanyEntry(turn.unit.q, { id, key, operation, codes, says, fragment, ...given, by });
  await note(turn, { move: 'save', key, ...given });
  return error;
}

async function removed(turn: Turn, { error }: ErrorSeen): Promise<ErrorSeen['error']> {
  if (await removeCompanyEntry(turn.unit.q, error.key)) await note(turn, { move: 'remove', key: error.key });
  return error;
}

async function note({ deps, unit, inbound }: Turn, detail: object): Promise<void> {
  const operation = { id: null, digest: '', requester: inbound.person };
  await record(unit, { now: deps.clock.now(), what: 'company-entry', operation, detail });
}

/** Renders again everything open for this error, in the same transaction, with the new entry. */
async function changed(turn: Turn, click: Click, error: ErrorSeen['error']): Promise<Answer> {
  const { unit } = turn;
  const written = await turn.deps.company.refresh(unit.q);
  // Meanwhile another sweep of this process may read the state from before this transaction.
  const deps = { ...turn.deps, company: { ...turn.deps.company, entries: () => written } };
  for (const stored of await alertsOfCause(unit.q, error.key)) await redrawAlert({ deps, unit }, stored);
  return shown(turn, click, causeSaved(words(turn.context), { error, entry: written.get(error.key) ?? null }));
}

/** The form's card becomes this one, for everybody who sees it. */
async function shown({ unit, inbound, context }: Turn, click: Click, card: CardMessage): Promise<Answer> {
  const drawn = renderMessage(card, context);
  const { id } = inbound.conversation;
  const form = click.messageId === null ? null : await messageOnPlatform(unit.q, id, click.messageId);
  // Whatever a client says, no other card is replaced.
  if (form && JSON.stringify(form.desired).includes('save-cause')) {
    await setDesiredState(unit.q, form.id, drawn);
    unit.wake({ to: 'deliver', id });
  }
  return { show: 'card', drawn };
}
