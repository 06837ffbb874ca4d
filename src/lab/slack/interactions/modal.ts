import { z } from 'zod';
import { fail, type ControlAnswer } from '../control-answer.ts';
import type { EmulatorParts } from '../emulator-parts.ts';
import { fieldsOf, isFields, listOf, textOf, type Fields } from '../fields.ts';
import { fill } from './fill.ts';
import { inputsOf, problemOf, valuesOf } from '../payload/input-state.ts';
import { addModal, checkedView, replaceView } from '../methods/view-methods.ts';
import { isRefused } from '../methods/method.ts';
import { interactionOf, interactionRequest } from './payloads.ts';
import { forgerySchema } from '../payload/sign.ts';
import type { BotAnswer } from '../slack-line.ts';
import type { SlackView } from '../slack-state.ts';
import { slackPerson, surfaceOf } from './surface.ts';
import { wireView } from '../wire-view.ts';

/** Somebody submits a modal. */
export const submitSchema = z.strictObject({
  as: slackPerson,
  /** The view's ID; by default the one on top. */
  view: z.string().default('top'),
  inputs: z.record(z.string(), z.unknown()).default({}),
  /** Sends even what Slack's client would not: required inputs that are empty, texts that are too long. */
  force: z.boolean().default(false),
  forge: forgerySchema.optional(),
});

/** Somebody closes a modal. */
export const closeSchema = z.strictObject({
  as: slackPerson,
  view: z.string().default('top'),
  /** Closes the whole stack. */
  clear: z.boolean().default(false),
});

/** `POST /_slack/submit`: sends view_submission and does what the answer says: errors, another view, or the end. */
export async function submit(parts: EmulatorParts, body: z.output<typeof submitSchema>): Promise<ControlAnswer> {
  const surface = surfaceOf(parts, body);
  if (surface?.kind !== 'view' || surface.view.view['type'] !== 'modal') return noSuchView;
  const problems = await fill(parts, surface, body.inputs);
  const values = valuesOf(surface.blocks, surface.typed);
  const wrong = inputsOf(surface.blocks).map((each) => problemOf(each, values[each.blockId]?.[each.actionId] ?? {}));
  const all = [...problems, ...wrong.filter((each) => each !== undefined)];
  if (all.length > 0 && !body.force) return fail(400, 'InputInvalid', all.join('; '));
  const payload = {
    type: 'view_submission',
    ...interactionOf(parts, body.as),
    trigger_id: parts.triggers.issue({ person: body.as, viewId: surface.view.id }),
    view: wireView(parts.space.state, surface.view),
    response_urls: [],
  };
  const bot = await parts.line.send(interactionRequest(payload), { ...(body.forge && { forgery: body.forge }) });
  return { status: 200, body: { bot, ...outcome(parts, surface.view, bot) } };
}

/** `POST /_slack/close`: closes a modal; notifies the bot if the view asks for it. */
export async function close(parts: EmulatorParts, body: z.output<typeof closeSchema>): Promise<ControlAnswer> {
  const { space } = parts;
  const surface = surfaceOf(parts, body);
  if (surface?.kind !== 'view' || surface.view.view['type'] !== 'modal') return noSuchView;
  const { view } = surface;
  const isCleared = body.clear || view.view['clear_on_close'] === true;
  const payload = {
    type: 'view_closed',
    ...interactionOf(parts, body.as),
    view: wireView(space.state, view),
    is_cleared: isCleared,
  };
  take(parts, view, isCleared);
  if (view.view['notify_on_close'] !== true) return { status: 200, body: { bot: null } };
  return { status: 200, body: { bot: await parts.line.send(interactionRequest(payload)) } };
}

const noSuchView = fail(404, 'NoSuchView', 'There is no such modal open.');

/** What Slack shows if it can't use the bot's answer. */
const trouble = 'We had some trouble connecting. Try again?';

function outcome(parts: EmulatorParts, view: SlackView, bot: BotAnswer): Fields {
  if (bot.status !== 200) return { shown: 'trouble', message: trouble };
  const answer = fieldsOf(bot.body);
  switch (answer['response_action']) {
    case undefined:
      take(parts, view, false);
      return { shown: 'closed' };
    case 'clear':
      take(parts, view, true);
      return { shown: 'closed' };
    case 'errors':
      return errorsShown(view, answer['errors']);
    case 'update':
    case 'push':
      return viewShown(parts, view, answer);
    default:
      return { shown: 'trouble', message: trouble };
  }
}

/** Slack shows errors below their blocks; one for a block that isn't an input isn't shown at all. */
function errorsShown(view: SlackView, errors: unknown): Fields {
  if (!isFields(errors)) return { shown: 'trouble', message: trouble };
  const inputs = listOf(view.view['blocks']).filter(({ type }) => type === 'input');
  const known = inputs.map(({ block_id }) => textOf(block_id));
  const found = Object.entries(errors).filter(([id, text]) => known.includes(id) && typeof text === 'string');
  const lost = Object.keys(errors).filter((id) => !known.includes(id));
  if (found.length === 0) return { shown: 'trouble', message: trouble, lost };
  return { shown: 'errors', errors: Object.fromEntries(found), lost };
}

function viewShown(parts: EmulatorParts, present: SlackView, answer: Fields): Fields {
  const view = checkedView(fieldsOf(answer['view']), 'modal');
  if (isRefused(view)) return { shown: 'trouble', message: trouble, problems: view['errors'] ?? [view.error] };
  const { space } = parts;
  const shown =
    answer['response_action'] === 'push'
      ? addModal(space, { person: present.person, view, below: present })
      : replaceView(space, present, view);
  return { shown: 'view', view: wireView(space.state, shown) };
}

function take({ space }: EmulatorParts, view: SlackView, all: boolean): void {
  const { state } = space;
  state.modals = state.modals.filter((each) => (all ? each.person !== view.person : each.id !== view.id));
  space.viewsChanged(view);
}
