import type { Changes } from '../changes.ts';
import type { SlackStateFile } from './slack-state-file.ts';
import {
  emptySlackState,
  type SlackChannel,
  type SlackContent,
  type SlackMessage,
  type SlackState,
  type SlackView,
} from './slack-state.ts';
import type { SlackPersonKey, SlackUser } from './workspace.ts';

/** The current workspace, and every change to it. Listeners are notified of each change, and it is saved. */
export type SlackSpace = {
  readonly state: SlackState;
  /** A new timestamp, later than all others. */
  nextTs(): string;
  /** A new id with this letter in front. */
  nextId(letter: string): string;
  channel(id: string): SlackChannel | undefined;
  personById(id: string): SlackPersonKey | undefined;
  user(key: SlackPersonKey): SlackUser;
  /** A message that isn't deleted; an ephemeral one is only found with the person who sees it. */
  message(channel: string, ts: string, as?: SlackPersonKey): SlackMessage | undefined;
  add(message: Omit<SlackMessage, 'ts' | 'reactions' | 'before'>): SlackMessage;
  edit(message: SlackMessage, content: SlackContent): void;
  /** Removes a message; a parent with replies stays as a tombstone. */
  remove(message: SlackMessage): void;
  /** Announces that the caller has changed a message, a view or a channel. */
  changed(what: { channel: string; id: string; onlyFor?: SlackPersonKey }): void;
  viewsChanged(view: Pick<SlackView, 'id' | 'person'>): void;
  reset(): void;
  settled(): Promise<void>;
};

/** The options of a space. */
type SpaceOptions = { now: () => Date; changes: Changes; file: SlackStateFile };

/** The workspace as last saved, or a new one. */
export function openSpace({ now, changes, file }: SpaceOptions): SlackSpace {
  const state = file.load();
  let saving: Promise<void> = Promise.resolve();
  const save = (changed: SlackMessage | 'all' | null) => {
    saving = file.save(state, changed).catch(() => undefined);
  };
  const changed: SlackSpace['changed'] = ({ channel, id, onlyFor }) => {
    changes.tell({ kind: 'message', conversation: channel, message: id, ...seenBy(onlyFor) });
    save(state.messages.findLast((each) => each.channel === channel && each.ts === id) ?? null);
  };
  return {
    state,
    ...finding(state),
    ...saying({ state, now, changed }),
    changed,
    viewsChanged: ({ id, person }) => changed({ channel: 'views', id, onlyFor: person }),
    reset: () => {
      Object.assign(state, emptySlackState(), { lastMicros: state.lastMicros, lastId: state.lastId });
      changes.tell({ kind: 'reset' });
      save('all');
    },
    settled: () => saving,
  };
}

function finding(state: SlackState): Pick<SlackSpace, 'nextId' | 'channel' | 'personById' | 'user' | 'message'> {
  const isSeen = (each: SlackMessage, as?: SlackPersonKey) => each.onlyFor === undefined || each.onlyFor === as;
  return {
    nextId: (letter) => `${letter}0${String(++state.lastId).padStart(8, '0')}`,
    channel: (id) => state.channels.find((each) => each.id === id),
    personById: (id) => keyOf(state, id),
    user: (key) => state.users[key],
    message: (channel, ts, as) =>
      state.messages.find((each) => each.channel === channel && each.ts === ts && !each.deleted && isSeen(each, as)),
  };
}

type Saying = { state: SlackState; now: () => Date; changed: SlackSpace['changed'] };

function saying({ state, now, changed }: Saying): Pick<SlackSpace, 'nextTs' | 'add' | 'edit' | 'remove'> {
  const told = ({ channel, ts, onlyFor }: SlackMessage) => changed({ channel, id: ts, ...(onlyFor && { onlyFor }) });
  const nextTs = () => {
    state.lastMicros = Math.max(now().getTime() * 1000, state.lastMicros + 1);
    return `${Math.floor(state.lastMicros / 1e6)}.${String(state.lastMicros % 1e6).padStart(6, '0')}`;
  };
  return {
    nextTs,
    add: (content) => {
      const message = { ...content, ts: nextTs(), reactions: [], before: [] };
      state.messages.push(message);
      told(message);
      return message;
    },
    edit: (message, { text, blocks, attachments }) => {
      message.before = [...message.before, contentOf(message)].slice(-50);
      Object.assign(message, { text, blocks, attachments, editedTs: nextTs() });
      told(message);
    },
    remove: (message) => {
      message.deleted = true;
      told(message);
    },
  };
}

/** The current content of this message. */
function contentOf({ text, blocks, attachments }: SlackMessage): SlackContent {
  return { text, ...(blocks && { blocks }), ...(attachments && { attachments }) };
}

/** The replies below this message that aren't deleted, oldest first; ephemeral ones don't count. */
export function repliesTo(state: SlackState, { channel, ts }: Pick<SlackMessage, 'channel' | 'ts'>): SlackMessage[] {
  return state.messages.filter(
    (each) =>
      each.channel === channel && each.threadTs === ts && each.ts !== ts && !each.deleted && each.onlyFor === undefined,
  );
}

function keyOf(state: SlackState, id: string): SlackPersonKey | undefined {
  const found = Object.entries(state.users).find(([, user]) => user.id === id);
  return found?.[0] as SlackPersonKey | undefined;
}

/** The admin doesn't exist on the Teams side, so everybody is notified of the change. */
function seenBy(onlyFor: SlackPersonKey | undefined) {
  return onlyFor === undefined || onlyFor === 'admin' ? {} : { onlyFor };
}
