import { digestOf } from '../../core/digest.ts';
import type { Activity } from '../activity.ts';
import { conversationKey } from './conversation-seen.ts';

/**
 * The key of an activity: the same for each delivery, different for every other activity. IDs are unique only within a
 * conversation. An activity without an ID is identified by what stays the same on redelivery, including its time.
 */
export function eventKey(activity: Activity): string {
  const where = conversationKey(activity.conversation.id);
  // Encoded, since IDs may contain a colon (`f:…`) and two pairs must never give the same key.
  if (activity.id) return `${where}:${encodeURIComponent(activity.id)}`;
  const { type, name, action, from, timestamp, replyToId, text, value } = activity;
  return `${where}:~${digestOf({ type, name, action, from: from.id, timestamp, replyToId, text, value })}`;
}
