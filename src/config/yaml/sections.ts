/** What each section of `kluis.yaml` can contain, as schemas; checks across fields come afterwards. */
import { z } from 'zod';
import { linearPattern } from '../../core/linear-pattern.ts';
import { weekdays, type Schedule } from '../../core/schedule.ts';
import { severities } from '../../core/severity.ts';
import { operationNames } from '../../people/operations.ts';
import { type RoleGrant, roles as roleNames } from '../../people/roles.ts';
import { approvalTimes, type Rule } from '../../people/rules.ts';
import type { ApprovalTerms } from '../../core/approval-terms.ts';
import { diskSkus } from '../../core/prices.ts';
import {
  days,
  duration,
  entraId,
  holder,
  line,
  matchFields,
  matchOf,
  slackUser,
  startTime,
  timeZone,
} from './fields.ts';
import { peopleGroups, somePeople } from './named-people.ts';
import { schedule, timeOrOff } from './schedule.ts';

const rawPerson = z.strictObject({ entra: entraId, slack: slackUser.optional(), name: line.optional() });

const person = rawPerson
  .refine(({ slack, name }) => slack !== undefined || name !== undefined, 'it says nothing about this person')
  .transform(({ entra, slack, name }) => ({ entra, slack: slack ?? null, name: name ?? null }));

const rawRoleEntry = z.strictObject({ to: holder, ...matchFields });

const roleEntry = z.preprocess(
  (entry) => (typeof entry === 'string' ? { to: entry } : entry),
  rawRoleEntry.transform(({ to, ...where }) => ({ to, where: matchOf(where) })),
);

const rawRoles = z.strictObject(Object.fromEntries(roleNames.map((role) => [role, z.array(roleEntry).nullish()])));

const roleLists = rawRoles.transform((lists): readonly RoleGrant[] =>
  roleNames.flatMap((role) => (lists[role] ?? []).map((grant) => ({ role, ...grant }))),
);

/** The most approvals that a rule can require: more couldn't be gathered at night. */
const maxApprovals = 5;

const rawRule = z.strictObject({
  operation: z.enum(operationNames).optional(),
  ...matchFields,
  approval: z.literal('operator').optional(),
  approvals: z.int().min(1, 'it is less than 1').max(maxApprovals, `it is more than ${maxApprovals}`).optional(),
  within: duration.optional(),
  start: startTime.optional(),
  approvers: somePeople.optional(),
  fallback: somePeople.optional(),
  quiet: somePeople.optional(),
  deny: z.literal(true).optional(),
  azureRole: z.literal(true).optional(),
});
type RawRule = z.infer<typeof rawRule>;

const rule = rawRule
  .superRefine((raw, context) => {
    const complain = (field: keyof RawRule | '', message: string) =>
      context.addIssue({ code: 'custom', message, path: field === '' || raw[field] === undefined ? [] : [field] });
    const said = (['deny', 'approval', 'approvals'] as const).filter((field) => raw[field] !== undefined);
    if (said.length === 0 && !raw.azureRole)
      complain('', 'it decides nothing: none of deny, approval, approvals, azureRole is there');
    if (said.length > 1) complain(said[1] ?? '', `it contradicts ${said[0]} in the same rule`);
    if (raw.deny && raw.azureRole) complain('azureRole', 'it contradicts deny in the same rule');
    for (const field of ['within', 'start', 'approvers', 'fallback', 'quiet'] as const)
      if (raw[field] !== undefined && raw.approvals === undefined)
        complain(field, 'it means something only beside approvals');
    if (raw.fallback && !raw.approvers) complain('fallback', 'it stands in for approvers, and none are named');
  })
  .transform((raw): Rule => ({
    operation: raw.operation ?? null,
    match: matchOf(raw),
    verdict: verdictOf(raw),
    ...(raw.azureRole && { azureRole: true }),
  }));

function verdictOf(raw: RawRule): Rule['verdict'] {
  if (raw.deny) return { deny: true };
  if (raw.approvals === undefined) return { deny: false, approval: raw.approval ?? null };
  const { withinMs, startMs } = approvalTimes;
  const start = typeof raw.start === 'number' ? raw.start : startMs;
  const approval: ApprovalTerms = {
    approvals: raw.approvals,
    withinMs: raw.within ?? withinMs,
    startMs: start,
    ...(raw.approvers && { named: [{ approvers: raw.approvers, fallback: raw.fallback ?? [] }] }),
    ...(raw.quiet && { quiet: raw.quiet }),
    ...(raw.start === 'requester' && { startedBy: 'requester' }),
  };
  return { deny: false, approval };
}

const vaultName = line.refine(
  (name) => /^[a-z][a-z0-9-]{1,49}$/i.test(name),
  'it is not the name of a Recovery Services vault',
);

const channelId = line
  .refine((id) => !id.includes(';messageid='), 'it is the id of a thread, not of a channel')
  .refine((id) => !/\s/.test(id), 'it is the name of a channel, not its id');

const rawChannel = z.strictObject({
  id: channelId,
  locale: z.enum(['en', 'nl']).optional(),
  timeZone: timeZone.optional(),
  approvers: z.boolean().default(false),
  operations: z.array(z.enum(operationNames)).optional(),
  digest: schedule.optional(),
});

const channel = rawChannel.transform((entry) => ({
  ...entry,
  locale: entry.locale ?? null,
  timeZone: entry.timeZone ?? null,
  operations: entry.operations ?? null,
  digest: entry.digest ?? null,
}));

const { vm: _vm, keyVault: _keyVault, ...alertFields } = matchFields;
const severity = z.enum(severities).optional();
const rawAlert = z.strictObject({ channel: channelId, ...alertFields, severity });
const alert = rawAlert.transform(({ channel: id, severity: least, ...where }) => ({
  channel: id,
  ...matchOf(where),
  ...(least && { severity: least }),
}));

const rawForecast = z.strictObject({
  daily: timeOrOff.default('16:00'),
  allClear: z.boolean().default(false),
});

/** The ID of a resource or of a resource group, as Azure writes it. */
const idOf = (what: string, rest: RegExp) =>
  line.refine(
    (id) => rest.test(id.replace(/^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+/i, '')),
    `it is not the id of ${what}, which begins with /subscriptions/`,
  );

const drillName = line.refine(
  (name) => /^[a-z][a-z0-9-]{1,39}$/i.test(name),
  'it is not a word of letters, digits and hyphens, of 40 characters at most',
);

/** More drills at once would be a full restore, and cost as much. */
const maxAtOnce = 10;

/** When drills start if an entry doesn't say: while people are there to see the result. */
const morning: Schedule = { days: weekdays.slice(0, 5), time: '09:00' };

const rawDrill = z.strictObject({
  vm: matchFields.vm,
  tag: matchFields.tag,
  vault: matchFields.vault,
  group: idOf('a resource group', /^$/),
  subnet: idOf('a subnet', /^\/providers\/Microsoft\.Network\/virtualNetworks\/[^/]+\/subnets\/[^/]+$/i),
  staging: idOf('a storage account', /^\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+$/i),
  keep: duration.default(0),
  from: z.enum(['newest', 'vault']).default('newest'),
  name: drillName.optional(),
  every: days.optional(),
  starts: schedule.optional(),
  atOnce: z.int().min(1, 'it is less than 1').max(maxAtOnce, `it is more than ${maxAtOnce}`).optional(),
  channel: channelId.optional(),
});
type RawDrill = z.infer<typeof rawDrill>;

const drill = rawDrill
  .superRefine((raw, context) => {
    const complain = (field: keyof RawDrill | '', message: string) =>
      context.addIssue({ code: 'custom', message, path: field === '' ? [] : [field] });
    for (const field of ['name', 'starts', 'atOnce', 'channel'] as const)
      if (raw[field] !== undefined && raw.every === undefined) complain(field, 'it means something only beside every');
    for (const field of ['name', 'channel'] as const)
      if (raw[field] === undefined && raw.every !== undefined) complain('', `every needs a ${field} beside it`);
  })
  .transform(({ group, subnet, staging, keep: keepMs, from, name, every, starts, atOnce = 1, channel, ...where }) => ({
    ...{ match: matchOf(where), group, subnet, staging, keepMs, from },
    schedule: every && name && channel ? { name, days: every, starts: starts ?? morning, atOnce, channel } : null,
  }));

/** Far above the price of any disk, in any currency: a higher one is a price per disk. */
const maxPrice = 100_000;
const price = z.number().positive('it is not more than 0').max(maxPrice, `it is more than ${maxPrice}`);

/** As Azure names them: `Standard_D4s_v5`. */
const vmSize = /^[a-z]+_[a-z0-9_-]{1,60}$/i;

const rawPrices = z.strictObject({
  currency: line.refine((code) => Intl.supportedValuesOf('currency').includes(code), 'it is no code of a currency'),
  disks: z.strictObject(Object.fromEntries(diskSkus.map((sku) => [sku, price.optional()]))),
  staging: price.nullable().default(null),
  vms: z
    .record(z.string(), price)
    .refine((vms) => Object.keys(vms).every((size) => vmSize.test(size)), 'a key in it is no size of VMs')
    .transform((vms) => Object.fromEntries(Object.entries(vms).map(([size, monthly]) => [size.toLowerCase(), monthly])))
    .default({}),
});

const rawTicket = z.strictObject({
  pattern: line.superRefine((text, context) => {
    const read = linearPattern(text);
    if ('problem' in read)
      context.addIssue({ code: 'custom', message: `it is not a regular expression of RE2: ${read.problem}` });
  }),
  required: z.boolean().default(false),
});

/** Break-glass that is used more often than this is routine, not an exception. */
const maxPerMonth = 20;

const rawBreakGlass = z.strictObject({
  group: somePeople,
  perMonth: z.int().min(1, 'it is less than 1').max(maxPerMonth, `it is more than ${maxPerMonth}`).default(3),
});

/** A schema for each top-level key. */
export const sections = {
  people: z.array(person),
  roles: roleLists,
  groups: peopleGroups,
  rules: z.array(rule),
  ticket: rawTicket,
  breakGlass: rawBreakGlass,
  encryption: z.strictObject({
    requireKek: z
      .preprocess((value) => (value === true ? 'refuse' : value), z.enum(['refuse', 'warn', 'off']))
      .default('refuse'),
    ownerTag: line.default('owner'),
  }),
  vaults: z.strictObject({ default: vaultName.nullable().default(null), secondRegion: z.boolean().default(false) }),
  azure: z.strictObject({
    backupServiceObjectId: entraId.nullable().default(null),
    grantByAccessPolicy: z.array(line).default([]),
    grantRole: z.enum(['backup-key-reader', 'key-vault-administrator']).default('backup-key-reader'),
  }),
  prices: rawPrices,
  channels: z.array(channel),
  alerts: z.array(alert),
  forecast: rawForecast,
  drills: z.array(drill),
  slack: z.strictObject({ linkByEmail: z.boolean().default(false) }),
} as const;

/** The names of the top-level keys. */
export type SectionName = keyof typeof sections;
export const sectionNames = Object.keys(sections) as readonly SectionName[];

/** The keys that are allowed at a path, in which `*` means any index. */
export const keysAt: Readonly<Record<string, readonly string[]>> = {
  '': sectionNames,
  'people.*': Object.keys(rawPerson.shape),
  roles: roleNames,
  ...Object.fromEntries(roleNames.map((role) => [`roles.${role}.*`, Object.keys(rawRoleEntry.shape)])),
  'rules.*': Object.keys(rawRule.shape),
  ticket: Object.keys(rawTicket.shape),
  breakGlass: Object.keys(rawBreakGlass.shape),
  encryption: Object.keys(sections.encryption.shape),
  vaults: Object.keys(sections.vaults.shape),
  azure: Object.keys(sections.azure.shape),
  prices: Object.keys(rawPrices.shape),
  'prices.disks': diskSkus,
  'channels.*': Object.keys(rawChannel.shape),
  'alerts.*': Object.keys(rawAlert.shape),
  forecast: Object.keys(rawForecast.shape),
  'drills.*': Object.keys(rawDrill.shape),
  slack: Object.keys(sections.slack.shape),
};
