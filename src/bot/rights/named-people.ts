import type { ApprovalTerms } from '../../core/approval-terms.ts';
import { within } from '../../core/within.ts';
import type { Groups } from '../../people/groups.ts';
import { isEntraId, nameOf, type PersonLink, slackIdOf } from '../../people/links.ts';
import { approversOf, type Ask, holdersAt, type NamedNow } from '../../people/rights.ts';
import { holderOf } from '../../people/roles.ts';
import type { RolesAndRules } from '../../people/rules.ts';
import type { Authority, Deciders } from '../deps.ts';
import { Unread } from './reading-rights.ts';

type Config = RolesAndRules & {
  readonly people: readonly PersonLink[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
};

/** An unanswered question leaves people named: without an account their vote doesn't count anyway. */
const timeoutMs = 5_000;

/** Whom `kluis.yaml` names, but for those who had no enabled account when the directory last spoke of them. */
export function namedPeople(
  config: Config,
  groups: Groups,
): Pick<Authority, 'deciders' | 'administrators' | 'quiet' | 'knowAccounts' | 'hasLeft'> {
  const textsOf = (asks: readonly Ask[], named: NamedNow) => approversOf(asks, named, config);
  const quietIn = ({ quiet = [] }: ApprovalTerms) => quiet;
  const hasLeft = (id: string) => (groups.seen(id)?.account ?? 'enabled') !== 'enabled';
  const staying = (texts: readonly string[]): Deciders => {
    const { people, ...all } = inWords(config, texts);
    return { ...all, people: people.filter(({ id }) => !hasLeft(id)) };
  };
  return {
    hasLeft,
    deciders: (asks, named) => textsOf(asks, named).map(staying),
    administrators: () => staying(holdersAt('admin', {}, config)),
    quiet: (terms) => staying(quietIn(terms)),
    knowAccounts: (asks, named, terms) => {
      const { people } = inWords(config, [...textsOf(asks, named).flat(), ...quietIn(terms)]);
      const unread = people.filter(({ id }) => isEntraId(id) && !groups.isAsked(id));
      if (unread.length === 0) return;
      throw new Unread(async () => {
        await within(timeoutMs, Promise.all(unread.map(({ id }) => groups.of(id))));
      });
    },
  };
}

/** People and groups by the names that `kluis.yaml` gives them; `everyone` is nobody in particular. */
function inWords({ people, groups }: Config, texts: readonly string[]): Deciders {
  const holders = texts.map((text) => ({ text, to: holderOf(text) }));
  const known = holders.flatMap(({ to }) => (to.kind === 'user' ? [to.id] : []));
  const groupOf = (text: string) => Object.entries(groups).find(([, members]) => members.includes(text))?.[0] ?? text;
  return {
    people: known.map((id) => ({ id, name: nameOf(id, people) ?? id, slack: slackIdOf(id, people) })),
    groups: [...new Set(holders.flatMap(({ text, to }) => (to.kind === 'group' ? [groupOf(text)] : [])))],
    ...(texts.includes('everyone') && { anybody: true as const }),
  };
}
