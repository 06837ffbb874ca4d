import type { Inbound } from '../../bot/port.ts';
import { storable } from '../../core/storable.ts';
import { conversationSeen, isPersonal } from '../conversation-seen.ts';
import { eventSchema, homeOpenedSchema, messageSchema, type SlackMessageSeen } from './bodies.ts';
import type { EndpointParts } from './endpoint-parts.ts';
import { tellUnknown } from './tell.ts';
import { typedText } from './typed-text.ts';

type Envelope = ReturnType<typeof eventSchema.parse> & { readonly isRepeat: boolean };

/** An Events API event. It is stored before Slack gets its answer; a repeat changes nothing. */
export async function onEvent(parts: EndpointParts, body: unknown, isRepeat: boolean): Promise<void> {
  const told = storable(body);
  const { data } = eventSchema.safeParse(told);
  if (!data) return parts.log.warn({}, 'an event from Slack could not be read');
  const envelope = { ...data, isRepeat };
  const { event } = told as { event: unknown };
  switch (envelope.event.type) {
    case 'app_mention':
    case 'message':
      return onMessage(parts, envelope, messageSchema.safeParse(event).data);
    case 'app_home_opened':
      return onHomeOpened(parts, envelope, event);
    case 'tokens_revoked':
      return isOwnToken(event) ? onRemoved(parts, envelope) : undefined;
    case 'app_uninstalled':
      return onRemoved(parts, envelope);
    default:
      return undefined;
  }
}

async function onMessage(
  parts: EndpointParts,
  envelope: Envelope,
  message: SlackMessageSeen | undefined,
): Promise<void> {
  if (!message || !isSaidToBot(message)) return;
  const { team_id: team, isRepeat } = envelope;
  const { channel, user, ts, thread_ts, text } = message;
  const who = await parts.identify({ team, user, says: [message.team, message.user_team, message.source_team] });
  if (who === 'stranger')
    return parts.log.info({ team, user, channel }, 'somebody from another workspace wrote to the bot');
  const conversation = conversationSeen({ team, channel, thread: thread_ts ?? ts });
  if (who === 'unknown') return tellUnknown(parts, { conversation, messageId: ts, user });
  const event: Inbound['event'] = { kind: 'text', text: typedText(text, botOf(envelope)), private: false };
  // It goes out first, so that it can't come after the final one; a repeat may come when that is already there.
  if (!isRepeat) parts.after('reacting to a message', () => parts.sender.react(conversation, ts, 'working'));
  // Keyed by the message, not by the event: Slack may send several events for one message, each with its own ID.
  await parts.receive({ key: `slack:${team}:said:${channel}:${ts}`, conversation, ...who, asked: ts, event });
}

/** New words of a person, in a direct message or with a mention; not edits, joins, or anything that an app says. */
function isSaidToBot({ type, channel, subtype, bot_id, edited, thread_ts }: SlackMessageSeen): boolean {
  if (bot_id || edited !== undefined) return false;
  if (subtype && subtype !== 'file_share' && subtype !== 'thread_broadcast') return false;
  return type === 'app_mention' ? !isPersonal(channel) || thread_ts !== undefined : isPersonal(channel);
}

/** The bot's own user in this workspace, which was mentioned. */
function botOf({ authorizations }: Envelope): string | null {
  return authorizations?.find(({ is_bot }) => is_bot)?.user_id ?? authorizations?.[0]?.user_id ?? null;
}

async function onHomeOpened(
  parts: EndpointParts,
  { team_id: team, event_id }: Envelope,
  event: unknown,
): Promise<void> {
  const opened = homeOpenedSchema.safeParse(event).data;
  const who = opened ? await parts.identify({ team, user: opened.user, says: [team] }) : null;
  // A page that can't be rendered for anybody stays as it is.
  if (!opened || !who || who === 'stranger' || who === 'unknown') return;
  const { tab, view } = opened;
  if (tab === 'home') return parts.after('showing the home page', () => parts.publishHome(who, view?.hash));
  const { channel } = event as { channel?: unknown };
  if (typeof channel !== 'string' || !isPersonal(channel)) return;
  const conversation = conversationSeen({ team, channel, thread: null });
  await parts.receive({ key: `slack:${team}:event:${event_id}`, conversation, ...who, event: { kind: 'installed' } });
}

function isOwnToken(event: unknown): boolean {
  const { tokens } = event as { tokens?: { bot?: unknown } };
  return Array.isArray(tokens?.bot) && tokens.bot.length > 0;
}

async function onRemoved(parts: EndpointParts, { team_id: team, event, event_time }: Envelope): Promise<void> {
  await parts.closeWorkspace(team, event_time ? new Date((event_time + 1) * 1000) : new Date());
  parts.log.error({ team, event: event.type }, 'the app was removed from the workspace: nothing more is sent there');
}
