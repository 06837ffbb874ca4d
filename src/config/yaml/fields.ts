import { z } from 'zod';
import { isEntraId } from '../../people/links.ts';
import { facets, type Match } from '../../people/match.ts';
import type { Holder } from '../../people/roles.ts';
import { parseDuration } from './duration.ts';

const textLimit = 260;

/** A single-line, non-empty text. */
export const line = z
  .string()
  .trim()
  .min(1, 'it is empty')
  .max(textLimit, `it is longer than ${textLimit} characters`)
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  .refine((text) => !/[\u0000-\u001f\u007f\u2028\u2029]/.test(text), 'it has control characters');

/** An Entra object ID, in lower case. */
export const entraId = line.refine(isEntraId, 'it is not an object id of Entra').transform((id) => id.toLowerCase());

/** A Slack user ID; with several workspaces, after the workspace's ID. */
export const slackUser = line.refine(
  (id) => /^(T[A-Z0-9]{5,20}\/)?[UW][A-Z0-9]{5,20}$/.test(id),
  'it is not the id of a person in Slack',
);

/** A time, in milliseconds. */
export const duration = line.transform(durationOf);

/** A time in milliseconds, or "the requester starts it". */
export const startTime = line.transform((text, context) =>
  text === 'requester' ? ('requester' as const) : durationOf(text, context),
);

function durationOf(text: string, context: z.RefinementCtx): number {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  context.addIssue({ code: 'custom', message: 'it is not a time from 5 minutes to 7 days' });
  return z.NEVER;
}

const maxDays = 366;

/** A number of days, as `30d`. */
export const days = line.transform((text, context): number => {
  const [, count = '0'] = /^(\d{1,3})d$/.exec(text) ?? [];
  if (Number(count) >= 1 && Number(count) <= maxDays) return Number(count);
  context.addIssue({ code: 'custom', message: `it is not a number of days from 1d to ${maxDays}d` });
  return z.NEVER;
});

/** An IANA time zone that this runtime knows. */
export const timeZone = line.refine(isTimeZone, 'there is no such time zone');

/** Who holds a role. */
export const holder = line.transform((text, context): Holder => {
  if (text === 'everyone') return { kind: 'everyone' };
  const [, kind, id] = /^(user|group):\s*(\S+)$/.exec(text) ?? [];
  const wrong = kind && id ? wrongId(kind, id) : 'it must be everyone, user:<id> or group:<id>';
  if (wrong === null && kind === 'user' && id) return { kind, id: isEntraId(id) ? id.toLowerCase() : id };
  if (wrong === null && kind === 'group' && id) return { kind, id: id.toLowerCase() };
  context.addIssue({ code: 'custom', message: wrong ?? 'it must be everyone, user:<id> or group:<id>' });
  return z.NEVER;
});

function wrongId(kind: string, id: string): string | null {
  if (kind === 'group' && !isEntraId(id)) return 'a group must be named by its object id in Entra, not by its name';
  return id.includes('@') ? 'a person must be named by an id, which nobody can take over, not by an address' : null;
}

/** Names or globs that narrow a rule or a role. */
export const matchFields = {
  vm: line
    .refine((name) => !name.includes('/'), 'it has a slash in it; a VM is named here without its group')
    .optional(),
  keyVault: line.optional(),
  resourceGroup: line
    .refine((name) => !name.includes('/'), 'it has a slash in it; a group is named here by its name')
    .optional(),
  tag: line.refine((tag) => !tag.startsWith('='), 'it names no tag').optional(),
  vault: line.optional(),
  subscription: line.refine(isEntraId, 'it is not a subscription id').optional(),
} as const;

/** The match of a valid entry, without what it omits. */
export function matchOf(entry: Match): Match {
  return Object.fromEntries(facets.flatMap((facet) => (entry[facet] === undefined ? [] : [[facet, entry[facet]]])));
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
