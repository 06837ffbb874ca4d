import { z } from 'zod';
import type { EmulatorParts } from '../emulator-parts.ts';
import { listOf, type Fields } from '../fields.ts';
import { wireMessage } from '../message-view.ts';
import type { InputValues, SlackMessage, SlackView } from '../slack-state.ts';
import { draftKey, wireView } from '../wire-view.ts';
import { directChannelId, type SlackPersonKey } from '../workspace.ts';

/** A person of the workspace, as requests name them. */
export const slackPerson = z.enum(['ana', 'ben', 'chris', 'admin']);

/** What names a surface: a message by its channel and timestamp, or a view: `top`, `home` or an ID. */
export const surfaceFields = {
  as: slackPerson,
  channel: z.string().optional(),
  ts: z.string().optional(),
  view: z.string().optional(),
};

/** Where somebody sees blocks. */
export type Surface = {
  person: SlackPersonKey;
  blocks: Fields[];
  /** What this person has typed here. */
  typed: InputValues;
  draft: string;
} & ({ kind: 'message'; message: SlackMessage } | { kind: 'view'; view: SlackView });

/** The fields that name a surface. */
type SurfaceNamed = {
  as: SlackPersonKey;
  channel?: string | undefined;
  ts?: string | undefined;
  view?: string | undefined;
};

/** The ID of the channel with this name: `general`, `dm`, a name, or an ID. */
export function channelCalled(name: string, as: SlackPersonKey, { space }: Pick<EmulatorParts, 'space'>): string {
  if (name === 'dm') return directChannelId(as);
  return (
    space.state.channels.find((each) => each.kind === 'channel' && each.name === name.replace(/^#/, ''))?.id ?? name
  );
}

/** The surface that a request names; undefined if this person doesn't have it. */
export function surfaceOf(parts: EmulatorParts, named: SurfaceNamed): Surface | undefined {
  const { space } = parts;
  const person = named.as;
  if (named.view !== undefined) {
    const view = viewCalled(parts, person, named.view);
    return view && { kind: 'view', view, ...common(parts, person, { id: view.id, blocks: view.view['blocks'] }) };
  }
  const channel = channelCalled(named.channel ?? '', person, parts);
  if (!space.channel(channel)?.members.includes(person)) return undefined;
  const message = space.message(channel, named.ts ?? '', person);
  return (
    message && {
      kind: 'message',
      message,
      ...common(parts, person, { id: `${channel}/${message.ts}`, blocks: message.blocks }),
    }
  );
}

/** The view with this name for a person. */
function viewCalled({ space }: EmulatorParts, person: SlackPersonKey, called: string): SlackView | undefined {
  if (called === 'home') return space.state.homes[person];
  const own = space.state.modals.filter((each) => each.person === person);
  return called === 'top'
    ? own.at(-1)
    : (own.find(({ id }) => id === called) ?? homeOf(space.state.homes[person], called));
}

/** What a payload says about where something was done. */
export function placeFields(parts: EmulatorParts, surface: Surface): Fields {
  if (surface.kind === 'view') {
    const { view } = surface;
    return { container: { type: 'view', view_id: view.id }, view: wireView(parts.space.state, view) };
  }
  const { channel: id, ts, threadTs, onlyFor } = surface.message;
  const channel = parts.space.channel(id);
  const thread = threadTs ? { thread_ts: threadTs } : {};
  return {
    container: { type: 'message', message_ts: ts, channel_id: id, is_ephemeral: onlyFor !== undefined, ...thread },
    channel: { id, name: channel?.kind === 'im' ? 'directmessage' : channel?.name },
    ...(!onlyFor && { message: wireMessage(parts.space, surface.message) }),
  };
}

function common({ space }: EmulatorParts, person: SlackPersonKey, { id, blocks }: { id: string; blocks: unknown }) {
  const draft = draftKey(person, id);
  return { person, blocks: listOf(blocks), draft, typed: (space.state.drafts[draft] ??= {}) };
}

function homeOf(home: SlackView | undefined, id: string): SlackView | undefined {
  return home?.id === id ? home : undefined;
}
