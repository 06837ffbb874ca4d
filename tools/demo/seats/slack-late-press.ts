/** A press in Slack that comes after its card was edited, as by a client that is behind. */
import { call } from '../call.ts';
import type { BlockNode } from './read-blocks.ts';
import type { Member, SlackMessage } from './slack-workspace.ts';

/** Remembers the button as it is now; the returned function sends its press as Slack would have done. */
export function latePress(member: Member, message: SlackMessage | undefined, title: string): () => Promise<void> {
  const blocks = message?.blocks.filter(({ type }) => type === 'actions') ?? [];
  const all = blocks.flatMap((block) => (block['elements'] as BlockNode[]).map((button) => ({ block, button })));
  const found = all.find(({ button }) => (button['text'] as BlockNode)['text'] === title);
  if (!message || !found) throw new Error(`the message has no button ${title}`);
  const { ts, thread_ts, channel, values } = message;
  const { workspace, person } = member;
  const payload = {
    type: 'block_actions',
    user: { id: workspace.userOf(person), team_id: workspace.team },
    team: { id: workspace.team },
    channel: { id: channel },
    container: { type: 'message', message_ts: ts, channel_id: channel, ...(thread_ts && { thread_ts }) },
    message: { ts, ...(thread_ts && { thread_ts }) },
    state: { values },
    actions: [{ ...found.button, block_id: found.block['block_id'], action_ts: `${ts}1` }],
  };
  return async () => void (await call(`${workspace.url}/_slack/deliver`, { kind: 'interaction', payload }));
}
