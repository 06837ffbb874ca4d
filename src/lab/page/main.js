import { get, post } from './api.js';
import { setUpRenderer } from './card/card.js';
import { createCompose } from './conversation/compose.js';
import { createConversation } from './conversation/conversation.js';
import { drawEmpty } from './conversation/empty.js';
import { byId, element } from './element.js';
import { icon } from './icons.js';
import { listen } from './listen.js';
import { keepAtEnd } from './conversation/scroll.js';
import { applyTheme, createSession, markSeen, rememberPlace } from './session.js';
import { drawChats, labelSide, setUpSide } from './side.js';
import { createStatusLine } from './status-line.js';
import { createTraffic } from './traffic/traffic.js';
import { walkMessages } from './conversation/walk.js';
import { wordsOf } from './words.js';

/**
 * @import { Cast, Conversations, MessageView, PlaceView } from './answers/lab-answers.ts'
 * @import { Asked } from './card/card-search.js'
 * @import { Press } from './card/card.js'
 * @import { Said } from './conversation/compose.js'
 * @import { Words } from './words.js'
 */

const session = createSession();
const log = byId('log');
const side = setUpSide();
const status = createStatusLine();
const scroll = keepAtEnd(log, byId('jump'));
const context = () => ({ ...session, words: wordsOf(session.locale), press, search, onThread: openPlace });
const conversation = createConversation(log, context);
const traffic = createTraffic(context);

/** @type {Cast} */
let cast;
/** @type {ReturnType<typeof createCompose>} */
let compose;
/** @type {Conversations} */
let conversations;
let findCurrent = 0;
let latest = 0;

/** Reads the lists and the open conversation again. An answer that was overtaken by a later one is dropped. */
async function refresh() {
  const mine = ++latest;
  const { as, place } = session;
  const [list, view] = await Promise.all([
    get('conversations', { as }),
    get(`conversations/${encodeURIComponent(place)}`, { as, history: 'none' }),
  ]);
  if (mine !== latest) return;
  conversations = list.conversations;
  session.locale = list.locale;
  session.place = view.id;
  if (view.kind === 'channel') for (const { id, last } of conversations[1].threads) markSeen({ as, place: id }, last);
  markSeen(
    session,
    view.messages
      .map((each) => each.edited ?? each.time)
      .toSorted()
      .at(-1),
  );
  drawFrame(view);
  if (view.messages.length > 0) conversation.show(view);
  drawEmpty(log, { view, words: wordsOf(session.locale), commands: cast.commands, onStart: compose.begin });
  scroll.drawn({ isNew: view.messages.length > findCurrent });
  findCurrent = view.messages.length;
}

/** @param {PlaceView} view */
function drawFrame(view) {
  const words = wordsOf(session.locale);
  drawChats(conversations, { session, words, onOpen: openPlace });
  compose.label({ words, place: view });
  byId('head-title').replaceChildren(...titleOf(view, words));
  document.title = `Kluis · ${cast.people.find(({ key }) => key === session.as)?.name ?? ''}`;
}

/**
 * @param {PlaceView} view
 * @param {Words} words
 */
function titleOf(view, words) {
  const channel = conversations[1];
  if (view.kind === 'personal')
    return [icon('chat'), element('strong', {}, 'Kluis'), element('span', {}, words.personal)];
  const name = view.kind === 'channel' ? channel.team : (channel.threads.find(({ id }) => id === view.id)?.title ?? '');
  const back = element(
    'button',
    { type: 'button', class: 'crumb', onclick: () => openPlace(channel.id) },
    channel.name,
  );
  const first = view.kind === 'channel' ? element('strong', {}, channel.name) : back;
  return [icon(view.kind === 'channel' ? 'hash' : 'thread'), first, element('span', {}, name)];
}

/**
 * @param {string} place
 * @returns {Promise<void>}
 */
async function openPlace(place) {
  session.place = place;
  findCurrent = 0;
  side.close();
  status.end('typing');
  status.end('failed');
  conversation.clear();
  scroll.restart();
  rememberPlace(session);
  if (!(await guarded(() => refresh().then(() => true))))
    return place === 'personal' ? undefined : openPlace('personal');
  compose.focus();
  await guarded(() => post('open', { as: session.as, conversation: session.place }));
}

/** @param {string} as */
async function pickPerson(as) {
  session.as = as;
  const isOthers = !['channel', 'thread'].includes(placeKind());
  await relabel();
  await openPlace(isOthers ? 'personal' : session.place);
}

function placeKind() {
  if (session.place.startsWith('19:')) return session.place.includes(';') ? 'thread' : 'channel';
  return 'personal';
}

/** @param {string} locale */
async function pickLocale(locale) {
  session.locale = locale;
  await guarded(() => post('open', { as: session.as, conversation: session.place, locale }));
  conversation.clear();
  await relabel();
  await guarded(refresh);
}

/** Writes every word of the page in the reader's language. */
async function relabel() {
  const list = await get('conversations', { as: session.as });
  session.locale = list.locale;
  const words = wordsOf(session.locale);
  labelSide({ session, words, people: cast.people, onPerson: pickPerson, onLocale: pickLocale });
  traffic.label(words);
}

/** @param {Said} said */
async function say({ text, mention }) {
  const { as, place: conversationId } = session;
  scroll.restart();
  const said = await guarded(() => post('say', { as, conversation: conversationId, text, mention }));
  // A new thread opens at once, as the answer comes into it.
  if (said && placeKind() === 'channel') await openPlace(said.conversation);
}

/**
 * @param {MessageView} message
 * @param {Press} action
 */
async function press(message, action) {
  const { as } = session;
  await guarded(() => post('press', { as, conversation: message.conversation, activityId: message.id, action }));
  await guarded(refresh);
}

/**
 * @param {MessageView} message
 * @param {Asked} asked
 */
async function search(message, asked) {
  const { as } = session;
  const { results } = await post('search', {
    as,
    conversation: message.conversation,
    activityId: message.id,
    ...asked,
  });
  return results;
}

/**
 * Shows what went wrong instead of leaving the reader with a button that does nothing.
 * @template Result
 * @param {() => Promise<Result>} task
 * @returns {Promise<Result | undefined>}
 */
async function guarded(task) {
  try {
    return await task();
  } catch (error) {
    status.show('failed', `${wordsOf(session.locale).failed}: ${/** @type {Error} */ (error).message}`);
    return undefined;
  }
}

const listeners = {
  onChanged: () => guarded(refresh),
  onTraffic: () => traffic.load(),
  /**
   * @param {string} conversationId
   * @param {boolean} isTyping
   */
  onTyping(conversationId, isTyping) {
    if (conversationId !== session.place) return;
    if (isTyping) status.show('typing', wordsOf(session.locale).typing);
    else status.end('typing');
  },
  onReset() {
    traffic.restart();
    void openPlace(placeKind() === 'thread' ? 'general' : session.place);
  },
  onConnected() {
    status.end('lost');
    traffic.restart();
  },
  onLost: () => status.show('lost', wordsOf(session.locale).lost),
};

/**
 * Starts the Teams side of the page with who there is.
 * @param {Cast} people
 */
export async function startTeams(people) {
  setUpRenderer();
  applyTheme(session.theme);
  cast = people;
  compose = createCompose({ commands: cast.commands, onSend: say });
  walkMessages(log, byId('compose-text'));
  byId('reset').addEventListener('click', () => {
    if (window.confirm(wordsOf(session.locale).resetSure)) void guarded(() => post('reset', {}));
  });
  await relabel();
  await openPlace(session.place);
  listen(listeners);
}
