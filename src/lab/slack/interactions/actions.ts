import { type Fields, fieldsOf } from '../fields.ts';
import { z } from 'zod';
import { fail, type ControlAnswer } from '../control-answer.ts';
import type { EmulatorParts } from '../emulator-parts.ts';
import { fill } from './fill.ts';
import { wireMessage } from '../message-view.ts';
import { eventRequest, interactionOf, interactionRequest, jsonRequest, slashRequest } from './payloads.ts';
import { forgerySchema } from '../payload/sign.ts';
import { channelCalled, slackPerson, surfaceFields, surfaceOf } from './surface.ts';
import { wireView } from '../wire-view.ts';
import { directChannelId } from '../workspace.ts';

/** Somebody opens the app. */
export const openSchema = z.strictObject({ as: slackPerson, tab: z.enum(['home', 'messages']).default('home') });

/** Somebody types without sending. */
export const typeSchema = z.strictObject({ ...surfaceFields, inputs: z.record(z.string(), z.unknown()) });

/** Somebody uses a shortcut: on a message if one is named, otherwise a global one. */
export const shortcutSchema = z.strictObject({
  as: slackPerson,
  callback_id: z.string(),
  channel: z.string().optional(),
  ts: z.string().optional(),
  forge: forgerySchema.optional(),
});

/** Something is sent to the endpoint as is, in the proper format and with a signature. */
export const deliverSchema = z.strictObject({
  /** `event` goes into an envelope with a new event ID; `json` is the whole body, whatever it is. */
  kind: z.enum(['event', 'interaction', 'slash', 'json']),
  payload: z.unknown(),
  retry: z.strictObject({ number: z.number().int(), reason: z.string() }).optional(),
  forge: forgerySchema.optional(),
});

/** A request of the log is sent again. */
export const redeliverSchema = z.strictObject({
  /** Which one: the `seq` of its answer; the last by default. */
  seq: z.number().int().optional(),
  retry: z.strictObject({ number: z.number().int().default(1), reason: z.string().default('http_timeout') }).optional(),
  /** Unchanged with its old signature, as by somebody who has recorded it. */
  verbatim: z.boolean().default(false),
  forge: forgerySchema.optional(),
});

/** `POST /_slack/open`: sends app_home_opened. */
export async function open(parts: EmulatorParts, { as, tab }: z.output<typeof openSchema>): Promise<ControlAnswer> {
  const { space, line } = parts;
  const home = space.state.homes[as];
  const channel = directChannelId(as);
  if (space.state.token !== 'live') return { status: 200, body: { channel, bot: null } };
  const event = {
    type: 'app_home_opened',
    user: space.user(as).id,
    channel,
    tab,
    ...(tab === 'home' && home && { view: wireView(space.state, home) }),
  };
  return { status: 200, body: { channel, bot: await line.send(eventRequest(parts, event)) } };
}

/** `POST /_slack/type`: what a person has typed stays there, and is sent with their next press on that surface. */
export async function type(parts: EmulatorParts, body: z.output<typeof typeSchema>): Promise<ControlAnswer> {
  const surface = surfaceOf(parts, body);
  if (!surface) return fail(404, 'NoSuchSurface', 'There is no such message or view here.');
  const problems = await fill(parts, surface, body.inputs);
  return problems.length > 0 ? fail(400, 'InputInvalid', problems.join('; ')) : { status: 200, body: {} };
}

/** `POST /_slack/shortcut`: sends message_action or shortcut. */
export async function shortcut(parts: EmulatorParts, body: z.output<typeof shortcutSchema>): Promise<ControlAnswer> {
  const fields = shortcutFields(parts, body);
  if (!fields) return fail(404, 'NoSuchMessage', 'There is no such message here.');
  const payload = {
    ...fields,
    ...interactionOf(parts, body.as),
    callback_id: body.callback_id,
    trigger_id: parts.triggers.issue({ person: body.as }),
    action_ts: parts.space.nextTs(),
  };
  const bot = await parts.line.send(interactionRequest(payload), { ...(body.forge && { forgery: body.forge }) });
  return { status: 200, body: { bot } };
}

/** `POST /_slack/deliver`: for what no Slack client offers. */
export async function deliver(
  { line, ...parts }: EmulatorParts,
  body: z.output<typeof deliverSchema>,
): Promise<ControlAnswer> {
  const { kind, payload, retry, forge } = body;
  const made = {
    event: () => eventRequest({ line, ...parts }, fieldsOf(payload)),
    interaction: () => interactionRequest(payload),
    slash: () =>
      slashRequest(
        Object.fromEntries(Object.entries(fieldsOf(payload)).map(([name, value]) => [name, formText(value)])),
      ),
    json: () => jsonRequest(payload),
  }[kind]();
  return {
    status: 200,
    body: { bot: await line.send(made, { ...(retry && { retry }), ...(forge && { forgery: forge }) }) },
  };
}

/** `POST /_slack/redeliver`: as Slack does if it got no answer, or as somebody does who isn't Slack. */
export async function redeliver(
  { line }: EmulatorParts,
  body: z.output<typeof redeliverSchema>,
): Promise<ControlAnswer> {
  const { seq = line.lastSeq(), retry, verbatim, forge } = body;
  const bot = await line.again(seq, { verbatim, ...(retry && { retry }), ...(forge && { forgery: forge }) });
  return bot ? { status: 200, body: { bot } } : fail(404, 'NoSuchRequest', 'No such request in the log.');
}

function shortcutFields(parts: EmulatorParts, body: z.output<typeof shortcutSchema>): Fields | undefined {
  if (body.ts === undefined) return { type: 'shortcut' };
  const { space, hooks } = parts;
  const channel = space.channel(channelCalled(body.channel ?? 'general', body.as, parts));
  const message = channel && space.message(channel.id, body.ts, body.as);
  if (!channel || !message) return undefined;
  const thread = message.threadTs ? { threadTs: message.threadTs } : {};
  return {
    type: 'message_action',
    message_ts: message.ts,
    channel: { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name },
    message: wireMessage(space, message),
    response_url: hooks.issue({ person: body.as, channel: channel.id, messageTs: message.ts, ...thread }),
  };
}

/** A form field is text, whatever its value. */
function formText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
