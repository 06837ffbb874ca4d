import {
  ChatFault,
  type ChatSender,
  type ConversationSeen,
  type Destination,
  type OutgoingMessage,
} from '../bot/port.ts';
import type { Json } from '../core/json.ts';
import { createConnector, type Connector, type ConnectorOptions } from './connector.ts';
import { addressSchema, conversationKey, type TeamsAddress } from './endpoint/conversation-seen.ts';
import { messageLink } from './message-link.ts';
import { messageActivity } from './endpoint/message-activity.ts';

/** Sends to Teams; in addition to what every platform can do, it opens the personal chat with a person it knows. */
type TeamsSender = ChatSender & {
  /**
   * The personal chat with `person` (the platform's ID or the Entra object ID), through a conversation that both are
   * in. Opening an open chat gives the same one.
   */
  openPersonal(by: Destination, person: string): Promise<Destination>;
};

/**
 * A sender over the connector of the conversation's own service URL: one HTTP request for each call, never repeated.
 */
export function createTeamsSender(options: ConnectorOptions): TeamsSender {
  const call = createConnector(options);
  return {
    post: async (to, drawn) => post(call, { address: addressOf(to, 'posting'), drawn }),
    postPrivately: async (to, drawn, person) =>
      post(call, { address: addressOf(to, 'posting privately'), drawn, person }),
    async edit(to, messageId, drawn) {
      const { path, ...at } = place(addressOf(to, 'editing'), messageId);
      const body = { ...messageActivity(drawn), id: messageId };
      await call({ method: 'PUT', ...at, path, body, doing: 'editing a message in Teams' });
    },
    async remove(to, messageId) {
      const at = place(addressOf(to, 'removing'), messageId);
      await call({ method: 'DELETE', ...at, doing: 'removing a message in Teams' });
    },
    typing: async (to) => {
      const address = addressOf(to, 'typing');
      const body = { type: 'typing', ...sender(address) };
      await call({ method: 'POST', ...place(address), body, doing: 'showing in Teams that an answer is on its way' });
    },
    threadBelow: (to, messageId) => threadBelow(addressOf(to, 'answering below a message'), messageId),
    channelOf: (to) => threadBelow(addressOf(to, 'looking for the channel of a thread'), null),
    linkTo: (to, messageId) => Promise.resolve(messageLink(addressOf(to, 'linking'), messageId)),
    openPersonal: async (by, person) => openPersonal(call, addressOf(by, 'opening a personal chat'), person),
  };
}

type Posted = { readonly address: TeamsAddress; readonly drawn: OutgoingMessage; readonly person?: string };

async function post(call: Connector, { address, drawn, person }: Posted): Promise<{ readonly id: string }> {
  const { path, serviceUrl } = place(address);
  // A personal chat has nobody else in it, and Teams accepts no targeted message there.
  const isTargeted = person !== undefined && address.kind !== 'personal';
  const doing = isTargeted ? 'posting a private message in Teams' : 'posting a message in Teams';
  const body = { ...messageActivity(drawn), ...sender(address), ...(isTargeted && { recipient: { id: person } }) };
  const query = isTargeted ? '?isTargetedActivity=true' : '';
  const answer = await call({ method: 'POST', serviceUrl, path: path + query, body, doing });
  return { id: idOf(answer, doing) };
}

async function openPersonal(call: Connector, by: TeamsAddress, person: string): Promise<Destination> {
  const doing = 'opening a personal chat in Teams';
  const { serviceUrl, tenantId, botId, botName } = by;
  const tenant: { readonly [key: string]: Json } = tenantId
    ? { tenantId, channelData: { tenant: { id: tenantId } } }
    : {};
  const body = { isGroup: false, bot: { id: botId, name: botName }, members: [{ id: person }], ...tenant };
  const answer = await call({ method: 'POST', serviceUrl, path: '/v3/conversations', body, doing });
  const conversationId = idOf(answer, doing);
  const address: TeamsAddress = { ...by, kind: 'personal', channelId: null, conversationId };
  return { id: conversationKey(conversationId), platform: 'teams', address };
}

function addressOf({ address }: Destination, doing: string): TeamsAddress {
  const parsed = addressSchema.safeParse(address);
  if (!parsed.success) throw new ChatFault({ kind: 'refused', doing: `${doing} to an address that is none of Teams` });
  return parsed.data;
}

/** The thread below a channel message, or the channel itself (null); a thread has no threads. */
function threadBelow(address: TeamsAddress, messageId: string | null): ConversationSeen {
  const [root = '', thread] = address.conversationId.split(';messageid=');
  const below = messageId === null ? null : (thread ?? messageId);
  const conversationId = below === null ? root : `${root};messageid=${below}`;
  const { kind, channelId: channel } = address;
  return {
    id: conversationKey(conversationId),
    platform: 'teams',
    kind,
    channel,
    address: { ...address, conversationId },
  };
}

function place({ serviceUrl, conversationId }: TeamsAddress, messageId?: string) {
  const activities = `/v3/conversations/${encodeURIComponent(conversationId)}/activities`;
  return { serviceUrl, path: messageId === undefined ? activities : `${activities}/${encodeURIComponent(messageId)}` };
}

function sender({ botId, botName, conversationId }: TeamsAddress): { readonly [key: string]: Json } {
  return { conversation: { id: conversationId }, ...(botId && { from: { id: botId, name: botName ?? '' } }) };
}

/**
 * The id of the new message. Without one the message exists but can never be edited; posting it again would duplicate
 * it.
 */
function idOf(answer: unknown, doing: string): string {
  const { id } = (answer ?? {}) as { id?: unknown };
  if (typeof id === 'string' && id !== '') return id;
  throw new ChatFault({ kind: 'refused', doing: `${doing}, which was answered without an id` });
}
