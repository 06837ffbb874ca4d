import type { KluisConfig } from '../../../config/kluis-config.ts';
import type { GroupReads } from '../../../people/groups.ts';
import { personName, slackIdOf } from '../../../people/links.ts';
import { holderOf } from '../../../people/roles.ts';
import { isApprovals } from '../../../people/rules.ts';
import { personalChatsOf } from '../../../store/conversations.ts';
import type { Queries } from '../../../store/database.ts';
import { memberOf } from '../../../store/person-links.ts';
import { someOf, unknown, warning, type Finding } from '../finding.ts';

const about = 'Approvers';

/** The people that rules name as approvers, by their Entra IDs. Members of groups aren't known by ID. */
function namedByRules({ rules }: Pick<KluisConfig, 'rules'>): readonly string[] {
  const named = rules.flatMap(({ verdict }) =>
    !verdict.deny && isApprovals(verdict.approval) ? (verdict.approval.named ?? []) : [],
  );
  return usersIn(named.flatMap(({ approvers, fallback }) => [...approvers, ...fallback]).map(holderOf));
}

function usersIn(holders: readonly ReturnType<typeof holderOf>[]): readonly string[] {
  return [...new Set(holders.flatMap((to) => (to.kind === 'user' ? [to.id] : [])))];
}

/** Whom rules name and who can't be asked in person: in Teams they have to write first, in Slack they need a link. */
export async function checkReach(
  q: Queries,
  config: Pick<KluisConfig, 'rules' | 'people'>,
): Promise<readonly Finding[]> {
  const named = namedByRules(config);
  const reached = (await personalChatsOf(q, named)).map(({ person }) => person);
  const missed: string[] = [];
  for (const id of named.filter((one) => !reached.includes(one)))
    if (slackIdOf(id, config.people) === null && (await memberOf(q, id)) === null) missed.push(nameIn(config, id));
  if (missed.length === 0) return [];
  const found = `rules name ${someOf(missed)}, who can't be asked in person: they never wrote to Kluis`;
  return [warning(about, found, 'Have them write to it once in a personal chat, or link them to Slack under people')];
}

/** Approvers who are guests of the tenant, or have no enabled account: their decisions don't count. */
export async function checkGuests(groups: GroupReads, config: KluisConfig): Promise<readonly Finding[]> {
  const approvers = config.roles.filter(({ role }) => role === 'approver').map(({ to }) => to);
  const people = [...new Set([...usersIn(approvers), ...namedByRules(config)])];
  const read = await Promise.all(people.map(async (id) => ({ id, is: await groups.memberOf(id, []) })));
  const guests = read.flatMap(({ id, is }) => ('guest' in is && is.guest ? [nameIn(config, id)] : []));
  const gone = read.flatMap(({ id, is }) => ('account' in is && is.account !== 'enabled' ? [nameIn(config, id)] : []));
  const unread = read.flatMap(({ id, is }) => ('fault' in is ? [nameIn(config, id)] : []));
  return [
    ...(guests.length > 0
      ? [
          warning(
            about,
            `${someOf(guests)}: guests of the tenant, who can't approve`,
            'Name members of the tenant instead',
          ),
        ]
      : []),
    ...(gone.length > 0
      ? [
          warning(
            about,
            `${someOf(gone)}: no enabled account in Entra, so their approval doesn't count`,
            'Name people whose account is enabled in kluis.yaml',
          ),
        ]
      : []),
    ...(unread.length > 0
      ? [
          unknown(
            about,
            `the account of ${someOf(unread)} couldn't be read`,
            'Give Kluis User.Read.All, or see the user type in Entra',
          ),
        ]
      : []),
  ];
}

function nameIn({ people }: Pick<KluisConfig, 'people'>, id: string): string {
  return personName(id, people) ?? id;
}
