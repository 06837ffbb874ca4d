import { element } from '../element.js';
import { icon } from '../icons.js';
import { oneLine } from './chats.js';

/**
 * @import { SlackSeen } from '../answers/slack-answers.ts'
 * @import { SlackWords } from './drawing.ts'
 * @typedef {{ channel?: SlackSeen['channel'], thread?: string, first?: { text: string } }} Head
 * @typedef {{ words: SlackWords, onOpen: (id: string) => void, onInvite: () => void }} HeadParts
 */

/**
 * The title over the conversation: where one is, and the way back from a thread.
 * @param {Head} head
 * @param {HeadParts} parts
 */
export function headOf({ channel, thread, first }, { words, onOpen, onInvite }) {
  if (!channel) return [icon('home'), element('strong', {}, 'Kluis'), element('span', {}, words.homeOf)];
  const isDirect = channel.kind === 'im';
  const name = isDirect ? words.direct : channel.name;
  const crumb = element('button', { type: 'button', class: 'crumb', onclick: () => onOpen(channel.id) }, name);
  const invite = element('button', { type: 'button', class: 'quiet-button invite', onclick: onInvite }, words.invite);
  const about = thread ? oneLine(first?.text ?? '') : isDirect ? '' : words.channelMembers(channel.botIn);
  return [
    icon(thread ? 'thread' : isDirect ? 'chat' : 'hash'),
    thread ? crumb : element('strong', {}, name),
    element('span', {}, about),
    ...(!isDirect && !channel.botIn && !thread ? [invite] : []),
  ];
}
