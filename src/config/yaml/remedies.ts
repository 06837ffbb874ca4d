import type { Path } from './positions.ts';
import { diskSkus } from '../../core/prices.ts';
import { ownOf } from '../../core/own-of.ts';

const narrowing = {
  vm: "Write the VM's name or a pattern: vm-sql-01, 'vm-sql-*'; for a group use resourceGroup beside it",
  keyVault: "Write the key vault's name or a pattern: kv-prod-weu, 'kv-*'",
  resourceGroup: "Write the group's name or a pattern: rg-sql, 'rg-*'",
  tag: "Write a tag of the VM as name=value, or its name alone: 'env=prod', 'env=*', env",
  vault: "Write the Recovery Services vault's name or a pattern: rsv-prod-weu, 'rsv-*'",
  subscription: "Write the subscription's id: az account list -o table",
};

const idOfPerson = 'Write the object id: az ad user show --id <address> --query id -o tsv';
const idOfGroup = 'az ad group show --group <name> --query id -o tsv';
const idOfChannel =
  'Write the id of the channel as the platform shows it: 19:…@thread.tacv2 in the link to a Teams channel, C… in Slack';

/** What can be written in each field; in a path `*` stands for an index or for the name of a role. */
export const remedies: Readonly<Record<string, string>> = {
  people: 'Write a list of entries such as { entra: <object id>, slack: U012AB3CD, name: Ana de Vries }',
  'people.*': 'Give an object id of Entra, and a Slack id or a name',
  'people.*.entra': idOfPerson,
  'people.*.slack': "Copy the member id (U…) from the person's profile in Slack",
  'people.*.name': 'Write the name on one line',
  roles: 'Write lists under viewer, operator, approver, admin, auditor',
  'roles.*': 'Write a list of everyone, user:<id> or group:<object id>',
  'roles.*.*': 'Write everyone, user:<id>, group:<object id>, or { to: group:<object id>, resourceGroup: rg-sql }',
  'roles.*.*.to': `Write everyone, user:<object id> or group:<object id>. The id of a group: ${idOfGroup}`,
  groups: 'Write names with lists below them: dba-team: [user:<object id>, group:<object id>]',
  'groups.*': 'Write a list of user:<id> and group:<object id>',
  rules: "Write a list of rules such as { operation: restore-disks, vm: 'vm-sql-*', approvals: 2 }",
  'rules.*':
    'Write deny: true, approval: operator, or approvals: <number>, and only one of them; or azureRole: true, alone or beside an approval',
  'rules.*.operation': 'Write the name of an operation, or leave it out for all',
  'rules.*.approval': 'Write approval: operator (an operator can do it alone), or approvals: <number>',
  'rules.*.approvals': 'Write a number from 1 to 5; deny, approval and approvals exclude one another',
  'rules.*.within': 'Write a time such as 30m, 4h or 2d beside approvals, or leave it out (4h)',
  'rules.*.start':
    'Write a time such as 30m, 4h or 2d beside approvals, requester (whoever asked starts it), or leave it out (1h)',
  'rules.*.approvers': `Write the name of a group under groups, or a list of user:<id> and group:<id>, beside approvals`,
  'rules.*.fallback': 'Write who stands in for approvers after half of the time, as in approvers',
  'rules.*.quiet': 'Write who is told and not asked, as in approvers',
  'rules.*.deny': 'Write deny: true, or leave it out',
  'rules.*.azureRole': 'Write azureRole: true, alone or beside approval or approvals, or leave it out',
  ticket: 'Write pattern below it, and required: true where no request is made without',
  'ticket.pattern':
    "Write a regular expression that the whole ticket fits: 'CHG[0-9]{7}'. Look-around and references to groups aren't possible",
  'ticket.required': 'Write true or false',
  breakGlass:
    'Write group below it, and how often in perMonth, or leave it out: then nobody can start without approval',
  'breakGlass.group': 'Write the name of a group under groups, or a list of user:<id> and group:<id>',
  'breakGlass.perMonth': 'Write a number from 1 to 20, or leave it out (3)',
  encryption: 'Write requireKek or ownerTag below it',
  'encryption.ownerTag': 'Write the name of a tag: owner',
  'encryption.requireKek': 'Write refuse (the same as true), warn, or off',
  vaults: 'Write default or secondRegion below it',
  'vaults.default': "Write a Recovery Services vault's name: rsv-prod-weu",
  'vaults.secondRegion': 'Write true or false',
  azure: 'Write backupServiceObjectId, grantByAccessPolicy or grantRole below it',
  'azure.backupServiceObjectId':
    'Write the object id: az ad sp show --id 262044b1-e2ce-469f-a196-69ab7ada62d3 --query id -o tsv; or null',
  'azure.grantByAccessPolicy': "Write a list of key vaults' names, [] for none",
  'azure.grantByAccessPolicy.*': narrowing.keyVault,
  'azure.grantRole': 'Write backup-key-reader or key-vault-administrator',
  prices:
    'Write currency, and disks with the price of a GiB and month of each kind below it; staging and vms beside them',
  'prices.currency': 'Write the three letters of ISO 4217: EUR',
  'prices.disks': `Write a price for each kind of disk that you use: ${diskSkus.join(', ')}`,
  'prices.staging': 'Write what a GiB of the staging account costs a month, as a number, or leave it out',
  'prices.vms': 'Write what a running VM of each size costs a month: { Standard_D4s_v5: 140 }, or leave it out',
  channels:
    'Write a list of entries such as { id: <channel>, locale: nl, timeZone: Europe/Amsterdam, approvers: true }',
  'channels.*': 'Write an id, and a locale, a timeZone, approvers, operations or digest beside it',
  'channels.*.id': idOfChannel,
  'channels.*.locale': 'Write en or nl',
  'channels.*.timeZone': 'Write a name of the time zone database: Europe/Amsterdam',
  'channels.*.approvers': 'Write true or false',
  'channels.*.operations':
    'Write a list of operations that can be started from it, [] for none, or leave it out for all',
  'channels.*.operations.*': 'Write the name of an operation: back-up-now; [] for none',
  'channels.*.digest': 'Write days and a time of day: weekdays 08:30, daily 08:30 or monday 08:30',
  alerts: 'Write a list of entries such as { channel: <channel>, vault: rsv-prod-weu }',
  'alerts.*': 'Write a channel, and what it hears of if not all',
  'alerts.*.vault': narrowing.vault,
  'alerts.*.channel': idOfChannel,
  'alerts.*.subscription': narrowing.subscription,
  'alerts.*.resourceGroup': narrowing.resourceGroup,
  'alerts.*.tag': narrowing.tag,
  'alerts.*.severity': 'Write critical, error or warning: so bad or worse; leave it out for all',
  drills: "Write a list of entries such as { vm: 'vm-sql-*', group: <id>, subnet: <id>, staging: <id> }",
  'drills.*.vm': narrowing.vm,
  'drills.*.tag': narrowing.tag,
  'drills.*.vault': narrowing.vault,
  'drills.*.group': 'Write the id of the group: az group show --name <group> --query id -o tsv',
  'drills.*.subnet':
    'Write the id of the subnet: az network vnet subnet show --resource-group <group> --vnet-name <network> --name <subnet> --query id -o tsv',
  'drills.*.staging': 'Write the id of the account: az storage account show --name <account> --query id -o tsv',
  'drills.*.keep': 'Write a time such as 30m, 4h or 2d, or leave it out (deleted at once)',
  'drills.*.from': 'Write vault for the newest recovery point that is only there, or leave it out (newest of all)',
  'drills.*.name': 'Write a short name such as sql-monthly beside every; cards and approvals call the entry by it',
  'drills.*.every': 'Write a number of days such as 30d, or leave it out: then people start the drills',
  'drills.*.starts': 'Write days and a time of day: weekdays 09:00, daily 09:00 or monday 09:00; or leave it out',
  'drills.*.atOnce': 'Write a number from 1 to 10, or leave it out (1)',
  'drills.*.channel': idOfChannel,
  forecast: 'Write daily or allClear below it',
  'forecast.daily': 'Write a time of day such as 16:00, or off',
  'forecast.allClear': 'Write true or false',
  slack: 'Write linkByEmail below it',
  'slack.linkByEmail': 'Write true or false',
  ...under('prices.disks', Object.fromEntries(diskSkus.map((sku) => [sku, 'Write what a GiB costs a month: 0.12']))),
  ...under('roles.*.*', narrowing),
  ...under('rules.*', narrowing),
};

function under(path: string, fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).map(([field, text]) => [`${path}.${field}`, text]));
}

/** A path in which every index is `*`; the form of the keys of `keysAt`. */
export function patternOf(path: Path): string {
  return path.map((step) => (typeof step === 'number' ? '*' : String(step))).join('.');
}

/** What to do about a field: its own remedy, or that of what contains it. */
export function remedyOf(path: Path): string {
  const pattern = patternOf(path).replace(/^roles\.[^.]+/, 'roles.*');
  const known = ownOf(remedies, pattern);
  if (known !== undefined) return known;
  return path.length === 0
    ? 'Write the keys that docs/settings.md lists, or leave the file out'
    : remedyOf(path.slice(0, -1));
}
