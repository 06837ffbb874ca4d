import { digestOf } from '../../core/digest.ts';
import type { Activity } from '../activity.ts';
import { conversationKey } from './conversation-seen.ts';

/**
 * The key of an activity: the same for each delivery, another for each other one. Ids are unique within a conversation
 * only. An activity without an id is known by what stays the same when it is delivered again, its time included.
 */
export function eventKey(activity: Activity): string {
  const where = conversationKey(activity.conversation.id);
  // Encoded, since ids may hold a colon (`f:…`) and two pairs must never read as one key.
  if (activity.id) return `${where}:${encodeURIComponent(activity.id)}`;
  const { type, name, action, from, timestamp, replyToId, text, value } = activity;
  return `${where}:~${digestOf({ type, name, action, from: from.id, timestamp, replyToId, text, value })}`;
}
