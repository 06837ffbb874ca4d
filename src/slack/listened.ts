/** The events that the app subscribes to; the manifest is compared with them. */
export const slackEvents = ['app_home_opened', 'app_mention', 'app_uninstalled', 'message', 'tokens_revoked'] as const;

type Fields = { readonly [key: string]: unknown };

/**
 * Whether a reaction exists for what Slack sends, and whether it has the parts by which Bolt finds that reaction, in
 * the order in which Bolt looks. The reaction itself checks the rest.
 */
export function isListenedTo(body: unknown): boolean {
  if (!isFields(body)) return false;
  const { event, command, name, type, actions, view } = body;
  if (event !== undefined) return isEvent(event);
  if (command !== undefined) return typeof command === 'string';
  if (type === 'block_suggestion') return typeof body['action_id'] === 'string';
  if (name !== undefined) return false;
  if (actions !== undefined) return type === 'block_actions' && isListOf(actions, isAction);
  return type === 'view_submission' && isFields(view) && typeof view['callback_id'] === 'string';
}

function isEvent(event: unknown): boolean {
  return isFields(event) && slackEvents.some((known) => known === event['type']);
}

function isAction(action: unknown): boolean {
  if (!isFields(action) || typeof action['action_id'] !== 'string') return false;
  return action['block_id'] === undefined || typeof action['block_id'] === 'string';
}

function isListOf(value: unknown, isOne: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isOne);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
