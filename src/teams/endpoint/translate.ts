import type { Inbound, InboundEvent } from '../../bot/port.ts';
import { cut, storable } from '../../core/storable.ts';
import { activitySchema, tenantOf, type Activity } from '../activity.ts';
import { executeClick, submitClick } from './click-seen.ts';
import { conversationSeen } from './conversation-seen.ts';
import { refusals, type EndpointRefusal } from './endpoint-refusal.ts';
import { eventKey } from './event-key.ts';
import { readerSeen } from './reader-seen.ts';
import { searchQuery, type SearchQuery } from './search-query.ts';
import { isTrustedServiceUrl } from '../service-url.ts';
import { typedText } from './typed-text.ts';

/** What an activity means to the product. An invoke expects its answer in the HTTP response body. */
type Translated =
  | { readonly kind: 'event'; readonly inbound: Inbound; readonly isInvoke: boolean }
  | { readonly kind: 'search'; readonly query: SearchQuery }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'rejected'; readonly refusal: EndpointRefusal };

/**
 * The origins that the endpoint accepts: whether loopback URLs count as Teams, and the tenants it serves, in lower case
 * (empty: every tenant).
 */
export type ServedOrigin = { readonly allowLoopback: boolean; readonly tenantIds: readonly string[] };

const handled = new Set(['message', 'invoke', 'installationUpdate']);

/** The type of a possible activity; null if it isn't one. */
export function typeOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const { type } = raw as { type?: unknown };
  return typeof type === 'string' && type !== '' ? type : null;
}

/** Whether the product has any use for activities of this type. The others are acknowledged and forgotten. */
export function isHandled(type: string): boolean {
  return handled.has(type);
}

/**
 * Translates an authenticated activity. Pure, and never throws: whatever came in is understood, ignored or rejected.
 */
export function translate(raw: unknown, origin: ServedOrigin): Translated {
  const type = typeOf(raw);
  if (type === null) return rejected(refusals.badActivity('type'));
  if (!isHandled(type)) return { kind: 'ignored' };
  const body = storable(raw);
  if (body === undefined) return rejected(refusals.tooDeep);
  const parsed = activitySchema.safeParse(body);
  if (!parsed.success) return rejected(refusals.badActivity(parsed.error.issues[0]?.path.join('.') || 'body'));
  const refusal = originRefusal(parsed.data, origin);
  return refusal ? rejected(refusal) : understood(origin.allowLoopback ? ofLocalClient(parsed.data) : parsed.data);
}

function originRefusal(activity: Activity, { allowLoopback, tenantIds }: ServedOrigin): EndpointRefusal | null {
  // Web Chat and Direct Line are enabled by default in addition to Teams, and their clients choose their own identity.
  if (activity.channelId !== 'msteams') return refusals.wrongChannel;
  if (!isTrustedServiceUrl(activity.serviceUrl, { allowLoopback })) return refusals.wrongServiceUrl;
  // Anyone who knows a bot's ID can install it in their own tenant; Teams names the tenant in everything it sends.
  const isServed = tenantIds.length === 0 || tenantIds.includes(tenantOf(activity)?.toLowerCase() ?? '');
  if (!isServed) return refusals.wrongTenant;
  return null;
}

/**
 * Microsoft's Agents Playground gives its people object IDs with a digit too many: nobody in Entra has such a one. It
 * can only be used while no platform is configured.
 */
function ofLocalClient(activity: Activity): Activity {
  const { from } = activity;
  const aadObjectId = from.aadObjectId?.replace(/^((?:\w+-){4})0(\d{12})$/, '$1$2');
  return { ...activity, from: { ...from, ...(aadObjectId !== undefined && { aadObjectId }) } };
}

function understood(activity: Activity): Translated {
  const { type, name, value } = activity;
  if (type === 'installationUpdate') return installation(activity);
  if (type === 'message') return event(activity, messageEvent(activity));
  if (name === 'application/search') return search(activity);
  if (name !== 'adaptiveCard/action') return rejected(refusals.notSupported);
  const click = executeClick(value, activity.replyToId ?? null);
  return click ? event(activity, click) : rejected(refusals.badActivity('value.action'));
}

function messageEvent(activity: Activity): InboundEvent {
  const { value, replyToId, recipient } = activity;
  if (typeof value === 'object' && value !== null) return submitClick(value, replyToId ?? null);
  return { kind: 'text', text: typedText(activity), private: recipient?.isTargeted === true };
}

/** `add-upgrade` and `remove-upgrade` are the two halves of an update; nobody came or went. */
function installation(activity: Activity): Translated {
  if (activity.action === 'add') return event(activity, { kind: 'installed' });
  return activity.action === 'remove' ? event(activity, { kind: 'removed' }) : { kind: 'ignored' };
}

function search(activity: Activity): Translated {
  const query = searchQuery(activity.value);
  return query
    ? { kind: 'search', query: { ...query, by: personOf(activity) } }
    : rejected(refusals.badActivity('value'));
}

function event(activity: Activity, what: InboundEvent): Translated {
  const inbound: Inbound = {
    key: eventKey(activity),
    conversation: conversationSeen(activity),
    person: personOf(activity),
    reader: readerSeen(activity),
    event: what,
  };
  return { kind: 'event', inbound, isInvoke: activity.type === 'invoke' };
}

function personOf({ from }: Activity): Inbound['person'] {
  return { id: from.aadObjectId ?? from.id, name: cut(from.name ?? '', 256) || from.id, platformId: from.id };
}

function rejected(refusal: EndpointRefusal): Translated {
  return { kind: 'rejected', refusal };
}
