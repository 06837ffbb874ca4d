import type { EmulatorParts } from '../emulator-parts.ts';
import { textOf, type Fields } from '../fields.ts';
import type { SlackChannel } from '../slack-state.ts';

/** A refusal of the Web API, with HTTP 200. */
export type Refused = { ok: false; error: string } & Fields;

/** The answer of a method. */
export type MethodAnswer = ({ ok: true } & Fields) | Refused;

/** One call: its decoded arguments, and the emulator. */
export type Call = { args: Fields; parts: EmulatorParts };

/** A method of the Web API. One of its scopes is enough. */
export type Method = { scopes: readonly string[]; perChannel?: true; run: (call: Call) => MethodAnswer };

/** A refusal with Slack's code. */
export function refused(error: string, more: Fields = {}): Refused {
  return { ok: false, error, ...more };
}

/** A refusal that says what is wrong with the request, as Slack does for blocks and views. */
export function refusedFor(error: string, found: readonly string[]): Refused {
  const messages = found.map((each) => `[ERROR] ${each}`);
  return refused(error, { errors: [...found], response_metadata: { messages } });
}

/** Whether this is a refusal. */
export function isRefused(value: object): value is Refused {
  return 'ok' in value && value.ok === false;
}

/** Whether an argument is set; forms write everything as text. */
export function isOn(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

/** The channel in the argument: by its ID, by a name, or by a person's ID, which means their direct messages. */
export function channelOf({ args, parts: { space } }: Call): SlackChannel | Refused {
  const id = textOf(args['channel']);
  const person = space.personById(id);
  const found = space.state.channels.find((each) =>
    person ? each.kind === 'im' && each.members[0] === person : each.id === id || `#${each.name}` === id,
  );
  return found ?? refused('channel_not_found');
}

/** The channel, if the bot is in it. */
export function joinedChannelOf(call: Call): SlackChannel | Refused {
  const channel = channelOf(call);
  if (isRefused(channel)) return channel;
  return channel.botIn ? channel : refused('not_in_channel');
}

/** The channel, if the bot can write there now. */
export function openChannelOf(call: Call): SlackChannel | Refused {
  const channel = channelOf(call);
  if (isRefused(channel)) return channel;
  if (channel.archived) return refused('is_archived');
  return channel.botIn ? channel : refused('not_in_channel');
}
