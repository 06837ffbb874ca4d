/**
 * The form with which somebody starts a request without its approvals, and the messages about that afterwards. Pure.
 */
import { missingApprovals, type ApprovalRequest } from '../../approval/request.ts';
import type { Button, CardMessage, Input, Step } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { PlanText } from '../dialogs/dialog-kind.ts';
import type { Plan } from '../parts/plan.ts';
import { subjectOf } from '../wording/plan-subject.ts';
import { effectBlocks, planSections } from '../dialogs/effect-blocks.ts';
import { asSheet } from '../../message/rendering/as-sheet.ts';

/** The inputs of the form, as somebody filled them in. */
export type GlassInputs = { readonly vm: string; readonly reason: string };

/** The errors in them, by input. */
export type GlassNotes = Partial<Readonly<Record<keyof GlassInputs, string>>>;

/**
 * How often the glass can be broken a month (UTC), by everybody together; how often still in this one; and the day on
 * which the next begins, in ISO.
 */
export type GlassLeft = { readonly perMonth: number; readonly left: number; readonly nextMonth: string };

/** That, as it is told. */
export function leftText({ say, day }: Words, { perMonth, left, nextMonth }: GlassLeft): string {
  return left > 0 ? say('glass.left', { left, perMonth }) : say('glass.none-left', { perMonth, day: day(nextMonth) });
}

/** What the form is rendered from. */
type GlassForm = {
  readonly words: Words;
  readonly request: ApprovalRequest;
  readonly plan: Plan;
  readonly text: PlanText;
  readonly requestedBy: string;
  readonly glass: GlassLeft;
  readonly filled?: { readonly inputs: GlassInputs; readonly notes: GlassNotes };
};

/** What has to be typed to start a plan: the names of its VMs; null: it has none, and can't be started this way. */
export function namesToType({ vms }: Plan): string | null {
  return vms.length > 0 ? vms.map(({ name }) => name).join(' ') : null;
}

/** Renders the form. */
export function breakGlassForm({ words, request, plan, text, requestedBy, glass, filled }: GlassForm): CardMessage {
  const { say } = words;
  const { id, digest } = request;
  const field = (name: keyof GlassInputs, more: { readonly maxLength: number }): Input => {
    const error = filled?.notes[name];
    const value = filled?.inputs[name] ?? '';
    const label = say(`glass.${name}`, { count: plan.vms.length });
    const required = say(`glass.${name}-missing`);
    return {
      kind: 'text',
      id: name,
      label,
      required,
      ...more,
      ...(value !== '' && { value }),
      ...(error && { error }),
    };
  };
  const wrong = Object.values(filled?.notes ?? {}).map((error) => ({ kind: 'text' as const, text: error }));
  return {
    template: 'sheet',
    data: {
      mark: 'warn',
      title: say('glass.title', { vm: subjectOf(words, plan) }),
      why: say('glass.why', { who: requestedBy, needed: missingApprovals(request) }),
      body: [...wrong, ...effectBlocks(text)],
      inputs: glass.left > 0 ? [field('vm', { maxLength: 2000 }), field('reason', { maxLength: 300 })] : [],
      buttons: [
        ...(glass.left > 0 ? [goButton(words, { request: id, digest })] : []),
        { title: say('button.close'), verb: 'close-glass', data: { request: id, digest }, withInputs: false },
      ],
      note: say('glass.note'),
      line: leftText(words, glass),
      details: planSections(words, text, digest),
    },
  };
}

function goButton({ say }: Words, data: Button['data']): Button {
  return { title: say('glass.go'), verb: 'break-glass', data, style: 'destructive', withInputs: true };
}

/** Who started it without approvals and why, and who reviewed that, as steps. */
export function glassSteps(words: Words, { glass }: ApprovalRequest, now: Date): Step[] {
  if (!glass) return [];
  const { name, reason, at, review } = glass;
  const broken: Step = {
    state: 'warn',
    text: words.say('glass.broken', { name, at: words.dated(at, now) }),
    note: reason,
  };
  if (!review) return [broken];
  const text = words.say('glass.reviewed', { name: review.name, at: words.dated(review.at, now) });
  return [broken, { state: 'done', text, ...(review.note !== null && { note: review.note }) }];
}

/** An operation's card with how it was started, if that was without approvals. */
export function withGlass(
  card: CardMessage,
  glass: { readonly name: string; readonly reason: string; readonly review: { readonly name: string } | null } | null,
  { say }: Words,
): CardMessage {
  if (!glass) return card;
  const { name, reason, review } = glass;
  const text = say('glass.on-card', { name, reason, reviewed: review ? 'yes' : 'no', by: review?.name ?? '' });
  const sheet = asSheet(card);
  return { template: 'sheet', data: { ...sheet, body: [...(sheet.body ?? []), { kind: 'text', text }] } };
}
