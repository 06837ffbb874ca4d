import type { KluisConfig } from '../config/kluis-config.ts';
import { entraOfSlack, memberIn, slackIdOf } from '../people/links.ts';
import type { EntraOf } from '../slack/endpoint/identify.ts';
import { within } from '../core/within.ts';
import type { Database } from '../store/database.ts';
import { linkedTo, memberLinkedTo } from '../store/person-links.ts';

const timeoutMs = 1_200;

/** The person of Entra whose e-mail address this is; null unless exactly one is. */
type PersonByEmail = (email: string) => Promise<string | null>;

/**
 * Who a member of Slack is in Entra: as `kluis.yaml` says, else as they signed in themselves, else, where an
 * administrator has switched that on, by the e-mail address of their profile. Never by name, and never somebody who is
 * another member.
 */
export function entraOf({ people, slack }: KluisConfig, { db }: Database, byEmail: PersonByEmail): EntraOf {
  return async ({ team, user, email }) => {
    const known = entraOfSlack({ team, user }, people) ?? (await linkedTo(db, { team, platformId: user }));
    if (known !== null || !slack.linkByEmail || email === null) return known;
    // Slack waits three seconds for its answer; who is not found in time is not linked, this time.
    const found = await within(
      timeoutMs,
      byEmail(email).catch(() => null),
    );
    if (found === null) return null;
    // A member may write any address into their profile: who is linked by better proof stays who they are.
    const member = memberIn(team, slackIdOf(found, people)) ?? (await memberLinkedTo(db, team, found));
    return member === null || member === user ? found : null;
  };
}
