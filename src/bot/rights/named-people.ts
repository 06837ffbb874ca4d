import type { ApprovalTerms } from '../../core/approval-terms.ts';
import type { Groups } from '../../people/groups.ts';
import { isEntraId, personName, type PersonLink, slackIdOf } from '../../people/links.ts';
import { approversOf, type Ask, holdersAt, type NamedNow } from '../../people/rights.ts';
import { holderOf } from '../../people/roles.ts';
import type { RolesAndRules } from '../../people/rules.ts';
import type { Authority, Deciders } from '../deps.ts';
import { Unread } from '../reading-rights.ts';
import type { SlackGuests } from './slack-guests.ts';

/** What is asked about people. */
export type PeopleSources = { readonly groups: Groups; readonly slackGuests: SlackGuests };

type Config = RolesAndRules & {
  readonly people: readonly PersonLink[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
};

/** An unanswered question leaves people named: without an account their vote doesn't count anyway. */
const timeoutMs = 5_000;

/** Whom `kluis.yaml` names, but for those who can't act; about each the directory is asked first, in a transaction. */
export function namedPeople(
  config: Config,
  sources: PeopleSources,
): Pick<Authority, 'deciders' | 'administrators' | 'quiet' | 'knowAccounts' | 'hasLeft' | 'isGuestInSlack'> {
  const { groups, slackGuests } = sources;
  const textsOf = (asks: readonly Ask[], named: NamedNow) => approversOf(asks, named, config);
  const quietIn = ({ quiet = [] }: ApprovalTerms) => quiet;
  const administrators = () => holdersAt('admin', {}, config);
  const know = (ids: readonly string[]) => knowIn(sources, ids);
  const hasLeft = (id: string) => (groups.seen(id)?.account ?? 'enabled') !== 'enabled';
  // A guest reads what is shown to them, but decides nothing.
  const isGuest = (id: string) => groups.seen(id)?.guest === true || slackGuests.decidesNowhere(id);
  const without = (texts: readonly string[], isOut: (id: string) => boolean): Deciders => {
    const { people, ...all } = inWords(config, texts);
    know(people.map(({ id }) => id));
    const others = people.filter(({ id }) => !isOut(id));
    return { ...all, people: others, ...(others.length < people.length && { less: true as const }) };
  };
  const deciding = (texts: readonly string[]) => without(texts, (id) => hasLeft(id) || isGuest(id));
  return {
    hasLeft: (id) => {
      know([id]);
      return hasLeft(id);
    },
    isGuestInSlack: (id) => {
      know([id]);
      return slackGuests.isGuest(id);
    },
    deciders: (asks, named) => textsOf(asks, named).map(deciding),
    administrators: () => deciding(administrators()),
    quiet: (terms) => without(quietIn(terms), hasLeft),
    knowAccounts: (informed) => {
      const ids = informed.flatMap(({ asks, named, terms, also = [], isForReview = false }) => {
        const texts = [...textsOf(asks, named).flat(), ...quietIn(terms), ...(isForReview ? administrators() : [])];
        return [...inWords(config, texts).people.map(({ id }) => id), ...also];
      });
      know(ids);
    },
  };
}

/** The directory and Slack have been asked about each of them by now, and have answered or haven't in time. */
function knowIn({ groups, slackGuests }: PeopleSources, ids: readonly string[]): void {
  const all = [...new Set(ids)].filter(isEntraId);
  const unread = all.filter((id) => !groups.isAsked(id));
  const inSlack = all.filter((id) => !slackGuests.isAsked(id));
  if (unread.length + inSlack.length === 0) return;
  throw new Unread(async () => {
    const asking = unread.map((id) => groups.askFor(timeoutMs, id));
    await Promise.all([...asking, ...inSlack.map((id) => slackGuests.askFor(id))]);
  });
}

/** People and groups by the names that `kluis.yaml` gives them; `everyone` is nobody in particular. */
function inWords({ people, groups }: Config, texts: readonly string[]): Deciders {
  const holders = texts.map((text) => ({ text, to: holderOf(text) }));
  const known = holders.flatMap(({ to }) => (to.kind === 'user' ? [to.id] : []));
  const groupOf = (text: string) => Object.entries(groups).find(([, members]) => members.includes(text))?.[0] ?? text;
  return {
    people: known.map((id) => ({ id, name: personName(id, people) ?? id, slack: slackIdOf(id, people) })),
    groups: [...new Set(holders.flatMap(({ text, to }) => (to.kind === 'group' ? [groupOf(text)] : [])))],
    ...(texts.includes('everyone') && { anybody: true as const }),
  };
}
