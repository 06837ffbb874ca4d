import { getFrom } from '../api.js';
import { walkMessages } from '../conversation/walk.js';
import { createCompose } from '../conversation/compose.js';
import { drawEmpty } from '../conversation/empty.js';
import { byId } from '../element.js';
import { listen } from '../listen.js';
import { keepAtEnd } from '../conversation/scroll.js';
import { applyTheme, createSession, markSeen, rememberPlace } from '../session.js';
import { labelSide, setUpSide } from '../side.js';
import { createStatusLine } from '../status-line.js';
import { createTraffic } from '../traffic/traffic.js';
import { drawSlackChats } from './chats.js';
import { createInteractions } from './interactions.js';
import { createHome } from './home.js';
import { createMessageList } from './message-list.js';
import { createModal } from './modal.js';
import { headOf } from './slack-side.js';
import { slackWords } from './slack-words.js';

/**
 * @import { SlackCast, SlackPlace, SlackReads, SlackSeen } from '../answers/slack-answers.ts'
 * @import { Query } from '../api.js'
 * @import { Said } from '../conversation/compose.js'
 * @import { SlackContext } from './drawing.ts'
 */

/**
 * @template {keyof SlackReads} Path
 * @param {Path} path
 * @param {Query} [query]
 * @returns {Promise<SlackReads[Path]>}
 */
const get = (path, query) => /** @type {Promise<SlackReads[Path]>} */ (getFrom('/_slack', path, query));
const session = createSession();
const log = byId('log');
const side = setUpSide();
const status = createStatusLine();
const scroll = keepAtEnd(log, byId('jump'));
const words = () => slackWords(session.locale);
const interactions = createInteractions(session, {
  guarded,
  refresh,
  complain: () => status.show('failed', words().trouble),
});
const list = createMessageList(log, context);
const home = createHome(log, context);
const modal = createModal(context, interactions);
const traffic = createTraffic(context, async (since) => (await get('requests', { since })).requests);

/** @type {SlackCast} */
let cast = { people: [], app: { userId: '', name: '' }, commands: [] };
/** @type {readonly SlackPlace[]} */
let conversations = [];
/** @type {ReturnType<typeof createCompose>} */
let compose;
let findCurrent = 0;
let latest = 0;

/** @returns {SlackContext} */
function context() {
  const { as, locale } = session;
  const me = cast.people.find(({ key }) => key === as);
  return {
    as,
    locale,
    words: words(),
    press: interactions.press,
    suggest: interactions.suggest,
    nameOf: (id) => (id === cast.app.userId ? cast.app.name : cast.people.find((each) => each.id === id)?.realName),
    isMe: (id) => id === me?.id,
    channelName: (id) => conversations.find((each) => each.id === id)?.name,
    everybody: cast.people.map(({ id, realName }) => ({ id, name: realName })),
    isThread: placeParts().thread !== undefined,
    replyTo: () => true,
    openThread: ({ channel, ts }) => openPlace(`${channel}/${ts}`),
  };
}

/**
 * Where the reader is: the home tab, or a channel and perhaps one of its threads.
 * @returns {{ channel?: string, thread?: string }}
 */
function placeParts() {
  if (session.place === 'home') return {};
  const [channel, thread] = session.place.split('/');
  return { channel, thread };
}

/** Reads everything again. An answer that was overtaken by a later one is dropped. */
async function refresh() {
  const mine = ++latest;
  const { as } = session;
  const { channel, thread } = placeParts();
  const [all, views, seen] = await Promise.all([
    get('conversations', { as }),
    get('views', { as }),
    channel ? get('messages', { as, channel, ...(thread && { thread }) }) : undefined,
  ]);
  if (mine !== latest) return;
  conversations = all.conversations;
  if (all.installation !== 'live') status.show('lost', words().uninstalled);
  modal.show(views.modals);
  if (seen) showMessages(seen, thread);
  else home.show(views.home);
  drawFrame(seen, thread);
}

/**
 * @param {SlackSeen} seen
 * @param {string | undefined} thread
 */
function showMessages({ channel, messages }, thread) {
  session.place = thread ? `${channel.id}/${thread}` : channel.id;
  markSeen({ as: session.as, place: `slack ${session.place}` }, messages.at(-1)?.ts);
  if (messages.length > 0) list.show(messages);
  const kind = channel.kind === 'im' ? 'personal' : 'channel';
  drawEmpty(log, { view: { kind, messages }, words: words(), commands: cast.commands, onStart: compose.begin });
  scroll.drawn({ isNew: messages.length > findCurrent });
  findCurrent = messages.length;
}

/**
 * @param {SlackSeen | undefined} seen
 * @param {string | undefined} thread
 */
function drawFrame(seen, thread) {
  drawSlackChats(conversations, { session, words: words(), onOpen: openPlace });
  byId('compose').hidden = !seen;
  const kind = thread ? 'thread' : seen?.channel.kind === 'im' ? 'personal' : 'channel';
  compose.label({ words: words(), place: { kind } });
  const head = { channel: seen?.channel, thread, first: seen?.messages[0] };
  const onInvite = () => seen && interactions.invite(seen.channel.id);
  byId('head-title').replaceChildren(...headOf(head, { words: words(), onOpen: openPlace, onInvite }));
  document.title = `Kluis · Slack · ${cast.people.find(({ key }) => key === session.as)?.realName ?? ''}`;
}

/**
 * @param {string} place
 * @returns {Promise<void>}
 */
async function openPlace(place) {
  session.place = place;
  findCurrent = 0;
  side.close();
  status.end('failed');
  list.clear();
  home.clear();
  scroll.restart();
  rememberPlace(session);
  if (!(await guarded(() => refresh().then(() => true)))) return place === 'general' ? undefined : openPlace('general');
  if (place === 'home') await interactions.open('home');
  else if (conversations.find(({ id }) => id === session.place)?.kind === 'im') await interactions.open('messages');
  if (place !== 'home') compose.focus();
}

async function relabel() {
  const everybody = await get('people');
  cast = { ...everybody, people: everybody.people.map((each) => ({ ...each, name: each.realName })) };
  session.locale = cast.people.find(({ key }) => key === session.as)?.locale ?? 'en-US';
  traffic.label(words());
  labelSide({ session, words: words(), people: cast.people, onPerson: pickPerson, onLocale: pickLocale });
}

/** @param {string} as */
async function pickPerson(as) {
  const isOthers = session.place.startsWith('D');
  session.as = as;
  await relabel();
  await openPlace(isOthers ? 'dm' : session.place);
}

/** @param {string} locale */
async function pickLocale(locale) {
  await interactions.speak(locale);
  list.clear();
  home.clear();
  await relabel();
  await guarded(refresh);
}

/** @param {Said} said */
async function say({ text, mention }) {
  const { channel, thread } = placeParts();
  // As in Slack, where the command of an app is not sent from a thread.
  if (thread && text.startsWith('/')) return status.show('failed', words().notInThreads(text.split(' ')[0] ?? ''));
  scroll.restart();
  const isDirect = conversations.find(({ id }) => id === channel)?.kind === 'im';
  const mentions = mention && !isDirect && !text.startsWith('/') && !/@kluis\b/i.test(text);
  await interactions.say({ channel, text: mentions ? `@Kluis ${text}` : text, ...(thread && { thread_ts: thread }) });
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
    status.show('failed', `${words().failed}: ${/** @type {Error} */ (error).message}`);
    return undefined;
  }
}

const listeners = {
  onChanged: () => guarded(refresh),
  onTraffic: () => traffic.load(),
  onTyping: () => undefined,
  onReset() {
    traffic.restart();
    void openPlace(placeParts().thread ? 'general' : session.place);
  },
  onConnected() {
    status.end('lost');
    traffic.restart();
  },
  onLost: () => status.show('lost', words().lost),
};

/** Starts the Slack side of the page. */
export async function startSlack() {
  applyTheme(session.theme);
  await relabel();
  compose = createCompose({ commands: cast.commands, onSend: say });
  walkMessages(log, byId('compose-text'));
  byId('reset').addEventListener('click', () => {
    if (window.confirm(words().resetSure)) void interactions.reset();
  });
  await openPlace(session.place === 'personal' ? 'general' : session.place);
  listen(listeners, '/_slack/events');
}
