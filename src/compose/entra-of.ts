import type { Deps } from '../bot/deps.ts';
import { slackGuests, type SlackGuests } from '../bot/rights/slack-guests.ts';
import type { KluisConfig } from '../config/kluis-config.ts';
import { entraOfSlack, memberIn, slackIdOf } from '../people/links.ts';
import type { EntraOf } from '../slack/endpoint/identify.ts';
import type { Clock } from '../core/clock.ts';
import { within } from '../core/within.ts';
import type { Database } from '../store/database.ts';
import { linkOf, memberLinkedTo } from '../store/person-links.ts';

/** `read`: the person in Entra who has this e-mail address; null unless there is exactly one. */
type PersonByEmail = { read(email: string): Promise<string | null>; readonly timeoutMs: number };

/**
 * Who a member of Slack is in Entra: by `kluis.yaml`; otherwise by their own sign-in; otherwise, if an administrator
 * has enabled that, by the e-mail address in their profile. Never by name, and never somebody who is another member.
 */
export function entraOf({ people, slack }: KluisConfig, { db }: Database, byEmail: PersonByEmail): EntraOf {
  return async ({ team, user, email }) => {
    const known = entraOfSlack({ team, user }, people) ?? (await linkOf(db, { team, platformId: user }));
    if (known !== 'never') return known;
    if (!slack.linkByEmail || email === null) return null;
    // Slack waits three seconds for an answer; a member who isn't found by then isn't linked this time.
    const found = await within(
      byEmail.timeoutMs,
      byEmail.read(email).catch(() => null),
    );
    if (found === null) return null;
    // Members can write any address into their profile: a person who is linked by better proof stays linked.
    const member = memberIn(team, slackIdOf(found, people)) ?? (await memberLinkedTo(db, team, found));
    return member === null || member === user ? found : null;
  };
}

type Linking = { readonly config: KluisConfig; readonly database: Database; readonly clock: Clock };

/** What is asked about members of Slack; without Slack nobody is a guest there. */
export function peopleInSlack(
  { config, database, clock }: Linking,
  slack: Pick<Deps, 'isGuestNow'> | null,
): Pick<Deps, 'isGuestNow' | 'isLinked'> & { readonly slackGuests: SlackGuests } {
  const isGuestNow = slack?.isGuestNow ?? (() => Promise.resolve(null));
  const guests = slackGuests({ people: config.people, database, isGuestNow, clock });
  return { isGuestNow, isLinked: stillLinked(config, database), slackGuests: guests };
}

/**
 * Whether a member of Slack is still linked to a person in Entra. A link by e-mail address lasts until an administrator
 * ends it or that way.
 */
function stillLinked({ people, slack }: KluisConfig, { db }: Database): Deps['isLinked'] {
  return async ({ team, user }, entra) => {
    const now = entraOfSlack({ team, user }, people) ?? (await linkOf(db, { team, platformId: user }));
    return now === 'never' ? slack.linkByEmail : now === entra;
  };
}
