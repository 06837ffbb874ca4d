import { listOf, type Fields } from './fields.ts';
import { valuesOf } from './payload/input-state.ts';
import type { SlackState, SlackView } from './slack-state.ts';
import { slackApp, slackTeam, type SlackPersonKey } from './workspace.ts';

/** A view in the Web API and the payloads, with what the person has typed. */
export function wireView(state: SlackState, { id, person, view, hash, rootId, previousId }: SlackView): Fields {
  const typed = state.drafts[draftKey(person, id)] ?? {};
  return {
    id,
    team_id: slackTeam.id,
    type: view['type'],
    blocks: view['blocks'],
    private_metadata: view['private_metadata'] ?? '',
    callback_id: view['callback_id'] ?? '',
    external_id: view['external_id'] ?? '',
    state: { values: valuesOf(listOf(view['blocks']), typed) },
    hash,
    title: view['title'] ?? { type: 'plain_text', text: 'View Title', emoji: true },
    submit: view['submit'] ?? null,
    close: view['close'] ?? null,
    clear_on_close: view['clear_on_close'] ?? false,
    notify_on_close: view['notify_on_close'] ?? false,
    previous_view_id: previousId,
    root_view_id: rootId,
    app_id: slackApp.id,
    app_installed_team_id: slackTeam.id,
    bot_id: slackApp.botId,
  };
}

/** The key of a person's input on a surface: a view's ID, or a message's channel and timestamp. */
export function draftKey(person: SlackPersonKey, surface: string): string {
  return `${person}/${surface}`;
}
