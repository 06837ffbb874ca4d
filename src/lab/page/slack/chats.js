import { byId, element } from '../element.js';
import { icon } from '../icons.js';
import { seenUntil } from '../session.js';

/**
 * @import { SlackPlace } from '../answers/slack-answers.ts'
 * @import { IconName } from '../icons.js'
 * @import { Session } from '../session.js'
 * @import { SlackWords } from './drawing.ts'
 * @typedef {{ id: string, name: string, mark: IconName, last?: string, sub?: boolean, title?: string }} Entry
 * @typedef {{ session: Session, words: SlackWords, onOpen: (id: string) => void }} ListParts
 */

/**
 * The places of the reader: the home tab, the direct messages, the channels and their threads.
 * @param {readonly SlackPlace[]} conversations
 * @param {ListParts} parts
 */
export function drawSlackChats(conversations, { session, words, onOpen }) {
  const direct = conversations.find(({ kind }) => kind === 'im');
  const channels = conversations.filter(({ kind }) => kind === 'channel');
  /** @param {Entry} place */
  const entry = (place) => entryOf(place, { session, words, onOpen });
  /** @param {SlackPlace} channel */
  const threads = (channel) =>
    channel.threads.map(({ ts, text, last }) =>
      entry({ id: `${channel.id}/${ts}`, name: oneLine(text), mark: 'thread', sub: true, last }),
    );
  /**
   * @param {SlackPlace} channel
   * @returns {Entry}
   */
  const named = (channel) => ({
    ...channel,
    name: channel.archived ? `${channel.name} (${words.archived})` : channel.name,
    title: words.channelMembers(channel.botIn),
    mark: 'hash',
  });
  byId('chats').replaceChildren(
    element('h2', {}, 'Kluis'),
    entry({ id: 'home', name: words.home, mark: 'home' }),
    ...(direct ? [entry({ ...direct, name: words.direct, mark: 'chat' }), ...threads(direct)] : []),
    element('h2', {}, words.channels),
    ...channels.flatMap((channel) => [entry(named(channel)), ...threads(channel)]),
  );
}

/**
 * @param {Entry} place
 * @param {ListParts} parts
 */
function entryOf({ id, name, mark, last, sub, title }, { session, words, onOpen }) {
  const current = id === session.place;
  const unread = !current && last && last > seenUntil(session.as, `slack ${id}`);
  return element(
    'button',
    {
      type: 'button',
      class: `chat${sub ? ' sub' : ''}${unread ? ' unread' : ''}`,
      onclick: () => onOpen(id),
      title,
      'aria-current': current ? 'page' : undefined,
      dataset: { chat: id },
    },
    icon(mark),
    element('span', { class: 'chat-name' }, name),
    unread && element('span', { class: 'dot', role: 'img', 'aria-label': words.unread }),
  );
}

/**
 * The beginning of a message in one line, without its markup and without whom it is for.
 * @param {string} text
 */
export function oneLine(text) {
  const said = text.replace(/^\s*<@[^>]+>:?\s*/, '');
  const bare = said.replaceAll(/<[^>|]*\|?([^>]*)>/g, '$1').replaceAll(/[*_~`]/g, '');
  return bare.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').split('\n')[0]?.trim() || '…';
}
