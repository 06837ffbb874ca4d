import { digestOf } from '../core/digest.ts';
import type { Json } from '../core/json.ts';
import { jsonPart } from './policy-shape.ts';
import { ownOf } from '../core/own-of.ts';

/** What Azure counts or says beside a policy; it is no part of what the policy is. */
const beside = new Set(['protectedItemsCount', 'resourceGuardOperationRequests']);

/** Fields that a PUT decides on. Others may come back without having been sent. */
const decided = [
  'backupManagementType',
  'policyType',
  'timeZone',
  'instantRpRetentionRangeInDays',
  'schedulePolicy',
  'retentionPolicy',
];

/**
 * Whether two bodies say the same policy: `null` is absent, a time counts by its hour and minute, sets have no order.
 */
export function samePolicy(one: Json, other: Json): boolean {
  return digestOf(plainForm(one)) === digestOf(plainForm(other));
}

/** Whether what Azure holds is what was sent, whatever Azure adds of its own. */
export function holdsPolicy(held: Json, sent: Json): boolean {
  const part = (body: Json) => {
    const fields = jsonPart(body);
    return Object.fromEntries(decided.map((name) => [name, ownOf(fields, name) ?? null]));
  };
  return samePolicy(part(held), part(sent));
}

function plainForm(value: Json, name = ''): Json | null {
  if (typeof value === 'string') return plainText(value, name);
  if (Array.isArray(value)) {
    const parts = value.map((part: Json) => plainForm(part)).filter((part) => part !== null);
    return parts.length > 0 ? parts.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : null;
  }
  if (typeof value !== 'object' || value === null)
    return name === 'scheduleWeeklyFrequency' && value === 0 ? null : value;
  const parts = Object.entries(value)
    .filter(([field]) => !beside.has(field))
    .map(([field, part]) => [field, plainForm(part as Json, field)] as const)
    .filter(([, part]) => part !== null);
  return parts.length > 0 ? Object.fromEntries(parts) : null;
}

/** A Standard policy says V1 or nothing. */
function plainText(text: string, name: string): string | null {
  if (name === 'policyType' && text === 'V1') return null;
  return /^\d{4}-\d\d-\d\dT(\d\d:\d\d)/.exec(text)?.[1] ?? text;
}
