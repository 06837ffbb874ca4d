/** Who of the people that `kluis.yaml` names is a guest in Slack, where guests decide nothing. */
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.ts';
import { type PersonLink, slackIdOf } from '../../people/links.ts';
import { hasChatIn } from '../../store/conversations.ts';
import type { Database } from '../../store/database.ts';
import { linkedAs } from '../../store/person-links.ts';
import type { Deps } from '../deps.ts';

/** What Slack says about people by their Entra IDs, asked outside any transaction. */
export type SlackGuests = {
  /** Whether somebody was asked about so lately that they needn't be again, whatever the answer. */
  isAsked(person: string): boolean;
  askFor(person: string): Promise<void>;
  /** Whether they are a guest wherever they are linked in Slack, as it last said. */
  isGuest(person: string): boolean;
  /** Whether, in addition, no chat with them is known in Teams, where they could decide. */
  decidesNowhere(person: string): boolean;
};

type Seen = { readonly askedAt: Date; readonly isGuest: boolean; readonly inTeams: boolean };

/** Short enough for whom a card names, and long enough for Slack's limit on such calls. */
const maxAgeMs = 60_000;

/** Asks about each person once a minute at most; without an answer they aren't taken for guests. */
export function slackGuests(parts: {
  readonly people: readonly PersonLink[];
  readonly database: Database;
  readonly isGuestNow: Deps['isGuestNow'];
  readonly clock: Clock;
}): SlackGuests {
  const { people, database, isGuestNow, clock } = parts;
  const kept = new LRUCache<string, Seen>({ max: 10_000 });
  const seen = (person: string) => kept.get(person.toLowerCase());
  const membersOf = async (person: string) => {
    const [user, team = ''] = (slackIdOf(person, people)?.split('/') ?? []).toReversed();
    const signedIn = await linkedAs(database.db, { entra: person.toLowerCase() });
    return [...(user ? [{ team, user }] : []), ...signedIn.map((one) => ({ team: one.team, user: one.platformId }))];
  };
  return {
    isAsked: (person) => {
      const age = clock.now().getTime() - (seen(person)?.askedAt.getTime() ?? Number.NEGATIVE_INFINITY);
      return age >= 0 && age < maxAgeMs;
    },
    async askFor(person) {
      const askedAt = clock.now();
      const answers = await Promise.all((await membersOf(person)).map(isGuestNow));
      const isGuest = answers.length > 0 && answers.every((answer) => answer === true);
      const inTeams = isGuest && (await hasChatIn(database.db, 'teams', person.toLowerCase()));
      kept.set(person.toLowerCase(), { askedAt, isGuest, inTeams });
    },
    isGuest: (person) => seen(person)?.isGuest === true,
    decidesNowhere: (person) => seen(person)?.isGuest === true && !seen(person)?.inTeams,
  };
}
