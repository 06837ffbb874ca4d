import { avatar } from '../conversation/avatar.js';
import { element } from '../element.js';
import { icon } from '../icons.js';
import { announcePhase } from '../phase.js';
import { clockTime } from '../times.js';
import { drawBlocks, inputKeys } from './blocks.js';
import { emoji } from './emoji.js';
import { mrkdwn } from './mrkdwn.js';
import { createSurface } from './surface.js';

/**
 * @import { SlackMessageView } from '../answers/slack-answers.ts'
 * @import { SlackContext, Surface } from './drawing.ts'
 * @typedef {{ head: HTMLElement, body: HTMLElement, foot: HTMLElement, drawn?: string, phase?: string }} MessageParts
 * @typedef {{ message: SlackMessageView, context: SlackContext }} Shown
 */

/**
 * One message, drawn once and then only where it changed: an edit draws its blocks again, and what was typed into those
 * that stay is put back.
 * @param {SlackMessageView} first
 * @param {SlackContext} context
 */
export function createSlackMessage(first, context) {
  const surface = createSurface({ id: first.ts, channel: first.channel, ts: first.ts });
  /** @type {MessageParts} */
  const parts = {
    head: element('header', { class: 'message-head' }),
    body: element('div', { class: 'message-body slack-body' }),
    foot: element('div', { class: 'slack-foot' }),
    drawn: undefined,
  };
  const from = { name: nameOf(first, context), person: ['bot', 'slackbot'].includes(first.from) ? null : first.from };
  const node = element(
    'article',
    { class: `message slack-message ${from.person ? 'person' : 'bot'}`, dataset: { ts: first.ts } },
    avatar(from),
    element('div', { class: 'message-box' }, parts.head, parts.body, parts.foot),
  );
  /** @param {SlackMessageView} message */
  const update = (message) => {
    node.setAttribute('aria-label', `${from.name}, ${clockTime(timeOf(message.ts), context.locale)}`);
    node.classList.toggle('only-you-message', message.onlyYou);
    drawHead(parts.head, { message, context, name: from.name });
    drawBody(parts, { message, context, surface });
    drawFoot(parts.foot, { message, context });
  };
  update(first);
  return { node, update };
}

/**
 * When a message was said, from its timestamp.
 * @param {string} ts
 */
export function timeOf(ts) {
  return new Date(Number(ts) * 1000).toISOString();
}

/**
 * @param {SlackMessageView} message
 * @param {SlackContext} context
 */
function nameOf({ from, user }, context) {
  return from === 'slackbot' ? 'Slackbot' : (context.nameOf(user) ?? user);
}

/**
 * @param {HTMLElement} head
 * @param {Shown & { name: string }} shown
 */
function drawHead(head, { message, context, name }) {
  const { words, locale } = context;
  const isApp = message.from === 'bot' || message.from === 'slackbot';
  head.replaceChildren(
    ...[
      message.onlyYou && element('span', { class: 'only-you' }, icon('lock'), words.onlyVisibleToYou),
      element('span', { class: 'name' }, name),
      isApp && element('span', { class: 'app-mark' }, 'APP'),
      element('time', { dateTime: timeOf(message.ts) }, clockTime(timeOf(message.ts), locale)),
    ].flatMap((each) => each || []),
  );
}

/**
 * @param {MessageParts} parts
 * @param {Shown & { surface: Surface }} shown
 */
function drawBody(parts, { message, context, surface }) {
  const { deleted, text, blocks, edited } = message;
  const drawn = JSON.stringify([deleted, text, blocks]);
  if (drawn === parts.drawn) return;
  // A message that is drawn again is not read out as a whole each time.
  if (parts.drawn !== undefined) parts.body.setAttribute('aria-live', 'off');
  parts.drawn = drawn;
  const redraw = () => {
    parts.drawn = '';
    drawBody(parts, { message, context, surface });
  };
  const { press, suggest } = context;
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const focused = parts.body.contains(active) && active?.dataset.action;
  surface.shows(inputKeys(blocks));
  const drawing = { surface, values: message.values, context, press, suggest, redraw };
  const inside =
    blocks.length > 0 ? drawBlocks(blocks, drawing) : [element('div', { class: 'block text' }, mrkdwn(text, context))];
  const note =
    edited && !deleted ? [element('span', { class: 'edited-mark' }, `(${context.words.edited.toLowerCase()})`)] : [];
  parts.body.replaceChildren(
    ...(deleted ? [element('p', { class: 'gone' }, context.words.deleted)] : [...inside, ...note]),
  );
  parts.body.removeAttribute('aria-busy');
  announcePhase(parts);
  const acting = /** @type {NodeListOf<HTMLElement>} */ (parts.body.querySelectorAll('[data-action]'));
  const again = [...acting].find(({ dataset }) => dataset.action === focused);
  if (focused) again?.focus({ preventScroll: true });
}

/**
 * @param {HTMLElement} foot
 * @param {Shown} shown
 */
function drawFoot(foot, { message, context }) {
  const { words, openThread, replyTo, isThread } = context;
  const reactions = message.reactions.map(({ name, users }) =>
    element('span', { class: 'reaction', title: `:${name}:` }, `${emoji(name) ?? `:${name}:`} ${users.length}`),
  );
  const open = () => openThread(message);
  const more = message.replies > 0 ? words.replies(message.replies) : words.reply;
  const thread =
    !isThread &&
    !message.broadcast &&
    !message.onlyYou &&
    element('button', { type: 'button', class: 'quiet-button thread-link', onclick: open }, icon('reply'), more);
  foot.replaceChildren(...reactions, ...(thread && replyTo(message) ? [thread] : []));
}
