import { element } from '../element.js';
import { icon } from '../icons.js';
import { exactTime } from '../times.js';

/**
 * @import { Exchange } from '../answers/lab-answers.ts'
 * @import { Words } from '../words.js'
 * @typedef {object} SlackRequest
 * @property {string} [type]
 * @property {{ type: string }} [event]
 * @property {string} [command]
 * @property {string} [text]
 * @property {{ action_id: string }[]} [actions]
 * @property {string} [callback_id]
 * @typedef {object} TeamsRequest
 * @property {string} [type]
 * @property {string} [name]
 * @property {string} [action]
 * @property {{ action?: { verb?: string } }} [value]
 * @property {string} [text]
 * @property {unknown[]} [attachments]
 * @typedef {{ readonly locale: string, readonly words: Words }} Reader
 */

/**
 * One exchange, folded to a line.
 * @param {Exchange} exchange
 * @param {Reader} reader
 */
export function exchangeEntry(exchange, { locale, words }) {
  const inward = exchange.direction === 'to-bot';
  const good = exchange.status === null || (exchange.status >= 200 && exchange.status < 400);
  const details = element(
    'details',
    {},
    element(
      'summary',
      {},
      element('span', { class: `direction ${exchange.direction}` }, icon(inward ? 'toBot' : 'fromBot')),
      element('span', { class: 'what' }, titleOf(exchange)),
      element(
        'span',
        { class: good ? 'status' : 'status bad' },
        exchange.fault ? `${exchange.status} (fault)` : String(exchange.status ?? '…'),
      ),
      element('time', { dateTime: exchange.at }, exactTime(exchange.at, locale)),
    ),
  );
  // Long logs stay light: the text is made when somebody looks.
  details.addEventListener(
    'toggle',
    () => details.open && details.children.length === 1 && details.append(...contents(exchange, words)),
  );
  return element('li', {}, details);
}

/**
 * @param {Exchange} exchange
 * @param {Words} words
 */
function contents({ method, path, request, response }, words) {
  const copy = element('button', { type: 'button', class: 'quiet-button' }, words.copy);
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(JSON.stringify(request, null, 2));
    copy.textContent = words.copied;
  });
  /** @param {unknown} value */
  const json = (value) => element('pre', { tabIndex: 0 }, JSON.stringify(value, null, 2));
  const answer = response === null || JSON.stringify(response) === '{}' ? [] : [json(response)];
  return [
    element('p', { class: 'raw-path' }, element('code', {}, `${method} ${decodeURIComponent(path)}`), copy),
    json(request),
    ...answer,
  ];
}

/**
 * What a request is in Slack's words; nothing for one of Teams.
 * @param {Exchange} exchange
 */
function slackTitle({ direction, path, request }) {
  if (direction === 'from-bot') {
    if (path.startsWith('/hooks/')) return 'response_url';
    return path.startsWith('/api/') ? path.slice('/api/'.length) : undefined;
  }
  if (path !== '/slack/events') return undefined;
  const { type, event, command, text, actions, callback_id: callback } = /** @type {SlackRequest} */ (request ?? {});
  const what = actions?.[0]?.action_id ?? callback;
  return [command ? `${command} ${text}` : (event?.type ?? type), what].filter(Boolean).join(' · ');
}

/** @param {Exchange} exchange */
function titleOf(exchange) {
  const { direction, method, request } = exchange;
  const slack = slackTitle(exchange);
  if (slack) return slack;
  const { type = '', name, action, value, text, attachments } = /** @type {TeamsRequest} */ (request ?? {});
  if (direction === 'to-bot') {
    const verb = value?.action?.verb;
    return [type, name, action, verb, type === 'message' && !text && value ? 'Action.Submit' : undefined]
      .filter(Boolean)
      .join(' · ');
  }
  const what = { POST: 'send', PUT: 'edit', DELETE: 'delete', GET: 'read' }[method];
  const content = attachments?.length ? 'card' : type;
  return [what, content].filter(Boolean).join(' · ');
}
