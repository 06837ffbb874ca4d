/** A seat in the local workspace: what Slack's client does, without one. */
import { cardText } from '../card-text.ts';
import type { ChangeStream } from './change-stream.ts';
import { readBlocks, readMrkdwn } from './read-blocks.ts';
import { clientLocale, type BotMessage, type MessageState, type PersonKey, type Seat } from '../seat.ts';
import { latePress } from './slack-late-press.ts';
import { pressInSlack } from './slack-press.ts';
import { memberOf, type Member, type SlackContent, type SlackMessage, type Workspace } from './slack-workspace.ts';

/** Where a seat is. `home`: how a command is given: by slash or by mention in the channel, or in direct messages. */
type SlackSeatParts = {
  readonly workspace: Workspace;
  readonly changes: ChangeStream;
  readonly person: PersonKey;
  readonly home: 'slash' | 'mention' | 'direct';
  readonly locale: 'en' | 'nl';
  /** The line that every card contains. */
  readonly leaveOut: string;
};

/** The open conversation: its thread, once there is one, and the time of the last message. */
type Open = { thread: string | null; since: string };

/** A seat in use. `seen`: what it saw last; `told`: what Slack said in a form, to this person alone. */
type Here = SlackSeatParts & {
  readonly member: Member;
  readonly open: Open;
  seen: readonly SlackMessage[];
  readonly told: BotMessage[];
};

/** Takes a seat; in the conversation `open`, if given. */
export function slackSeat(parts: SlackSeatParts, open: Open = { thread: null, since: '' }): Seat {
  const { workspace, changes, person, home, locale } = parts;
  const member = memberOf(workspace, person);
  const here: Here = { ...parts, member, open, seen: [], told: [] };
  const messageOf = (ts: string) => here.seen.find((each) => each.ts === ts);
  return {
    person,
    open: async () => {
      await member.does('person', { locale: clientLocale[locale] });
      await member.does('open', { tab: 'messages' });
      return home === 'direct';
    },
    say: (command) => say(here, command),
    add: (text) => add(here, text),
    press: async (press) => {
      const { done, told } = await pressInSlack(member, messageOf(press.on), press);
      here.told.push(...told.map((text) => alone(text, here.told.length)));
      return done;
    },
    aim: async ({ on, title }) => latePress(member, messageOf(on), title),
    messages: async () => {
      here.seen = await shown(here);
      return [...here.seen.map((message) => asSeen(here, message)), ...here.told];
    },
    beside: (other) => slackSeat({ ...parts, person: other, home: home === 'direct' ? home : 'mention' }, open),
    changed: (signal) => changes.next(signal),
  };
}

const general = 'general';
const direct = 'dm';

/** A slash command has no timestamp: everything after what was there before belongs to it. */
async function say({ home, member, open, told, workspace }: Here, command: string): Promise<string> {
  told.length = 0;
  if (home === 'slash') {
    Object.assign(open, { thread: null, since: (await member.sees(general)).at(-1)?.ts ?? '' });
    await member.does('say', { channel: general, text: command });
    return command;
  }
  const bare = command.replace(/^\//, '');
  const text = home === 'direct' ? bare : `@${workspace.bot} ${bare}`;
  const channel = home === 'direct' ? direct : general;
  const { ts } = await member.does<{ ts: string }>('say', { channel, text });
  Object.assign(open, { thread: home === 'direct' ? null : ts, since: ts });
  return text;
}

/** In a thread the bot receives mentions only. */
async function add({ home, member, open, workspace }: Here, said: string): Promise<string> {
  const text = home === 'direct' ? said : `@${workspace.bot} ${said}`;
  const place = home === 'direct' ? { channel: direct } : { channel: general, thread_ts: open.thread };
  await member.does('say', { ...place, text });
  return text;
}

/** What is in this conversation: in the channel its thread, and what was said to this person outside it. */
async function shown({ home, member, open, workspace }: Here): Promise<readonly SlackMessage[]> {
  const { since } = open;
  if (home === 'direct') return member.sees(direct, { since });
  const outside = await member.sees(general, { since });
  const asked = rootOf(workspace.userOf(member.person));
  open.thread ??= outside.find(asked)?.ts ?? null;
  const inside = open.thread === null ? [] : await member.sees(general, { thread: open.thread, since });
  return [...outside.filter(({ onlyYou }) => onlyYou), ...inside];
}

/**
 * The message below which the bot answers a command of this user: its last line says who asked for what, and the lines
 * above that show the result, perhaps before anybody has looked. A broadcast from a thread doesn't count.
 */
function rootOf(user: string): (message: SlackMessage) => boolean {
  const asked = new RegExp(`(^|\n|^⏳ )<@${user}>: [^\n]*$`);
  return ({ ts, thread_ts, text, onlyYou }) => !onlyYou && (thread_ts ?? ts) === ts && asked.test(text);
}

function asSeen({ workspace, leaveOut }: Here, message: SlackMessage): BotMessage {
  const state = ({ text, blocks = [] }: SlackContent): MessageState => {
    const said = readMrkdwn(text, workspace.nameOf);
    const card = cardText(readBlocks(blocks, workspace.nameOf), leaveOut);
    const isCard = blocks.length > 0 && !isSame(said, card.lines.join(' '));
    return isCard ? { text: '', card } : { text: said, card: null };
  };
  const { ts, before, onlyYou } = message;
  const states = [...before, message].map(state);
  return { id: ts, from: workspace.bot, isPrivate: onlyYou, states };
}

/** A message whose blocks say only what its text says is words, not a card. */
function isSame(one: string, other: string): boolean {
  const bare = (text: string) => text.replace(/\s+/g, '');
  return bare(one) === bare(other);
}

function alone(text: string, number: number): BotMessage {
  return { id: `told ${number}`, from: 'Slack', isPrivate: true, states: [{ text, card: null }] };
}
