import type { Response } from 'express';
import { z } from 'zod';
import { actionsCalled, type CardAction } from '../teams/card-actions.ts';
import { fillInputs } from '../teams/card-inputs.ts';
import type { Press } from '../teams/interactions.ts';
import type { LabParts } from '../teams/lab-parts.ts';
import type { Message } from '../teams/messages.ts';
import type { PersonKey } from '../people.ts';
import { chatPlace } from '../teams/places.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { actorFields, type Done } from '../teams/requests.ts';
import { messageView } from './views.ts';

const ownPress = z.strictObject({
  type: z.enum(['Action.Execute', 'Action.Submit']),
  verb: z.string().optional(),
  id: z.string().optional(),
  title: z.string().optional(),
  data: z.unknown().optional(),
});

const schema = z.object({
  ...actorFields,
  activityId: z.string(),
  /**
   * The button on the card as this person sees it, by ID, verb, title or tooltip. Or a whole action, which is sent as
   * is: the page does that with what its renderer collected, and tests do it to send what no card offers.
   */
  action: z.union([z.string(), ownPress]),
  /** Which one, from 1, if several buttons have the same name. */
  nth: z.number().int().min(1).optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});

type Body = z.output<typeof schema>;

/** `POST /_lab/press`: somebody presses a button of a card. Answers with the bot's answer. */
export function pressRequest({ chat, interactions }: LabParts) {
  return {
    schema: schema as z.ZodType<Body>,
    handle: async (response: Response, { body, actor }: Done<Body>): Promise<void> => {
      const message = chat.find(actor.place, body.activityId);
      if (!message || (message.onlyFor && message.onlyFor !== actor.key)) return refuse(response, noSuchMessage);
      const made = typeof body.action === 'string' ? pressOf(message, body, actor.key) : { press: body.action };
      if ('refusal' in made) return refuse(response, made.refusal);
      const place = chatPlace(message.conversation) ?? actor.place;
      const reply = await interactions.press({ ...actor, place }, { message, press: made.press });
      response.json({ status: reply.status, body: reply.body });
    },
  };
}

const noSuchMessage = { status: 404, code: 'NoSuchMessage', message: 'There is no such message here.' };

function pressOf(message: Message, body: Body, key: PersonKey): { press: Press } | { refusal: Refusal } {
  const called = String(body.action);
  const { card: first, more } = messageView(message, key, 'none');
  const found = [...(first === undefined ? [] : [first]), ...more].flatMap((card) => actionsCalled(card, called));
  const only = found[(body.nth ?? 1) - 1];
  if (!only) return refusal('NoSuchAction', `The card has no button ${called}.`);
  if (found.length > 1 && body.nth === undefined)
    return refusal('SeveralActions', `The card has ${found.length} buttons ${called}: say which with nth.`);
  return pressed(only, body.inputs);
}

function pressed(
  { action, inputs }: CardAction,
  given: Record<string, unknown>,
): { press: Press } | { refusal: Refusal } {
  const { type, isEnabled } = action;
  if (type !== 'Action.Execute' && type !== 'Action.Submit')
    return refusal('NotSent', `A button of type ${type} sends nothing to the bot.`);
  if (isEnabled === false) return refusal('Disabled', 'The button is disabled.');
  const filled = fillInputs(inputs, given);
  if ('problems' in filled) return refusal('InputInvalid', filled.problems.join('; '));
  const text = (key: string) => (typeof action[key] === 'string' ? { [key]: action[key] } : {});
  const own = action['data'];
  const data = typeof own === 'string' ? own : { ...(own as object | undefined), ...filled.values };
  return { press: { type, ...text('verb'), ...text('id'), ...text('title'), data } };
}

function refusal(code: string, message: string): { refusal: Refusal } {
  return { refusal: { status: 400, code, message } };
}
