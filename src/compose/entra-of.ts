import type { KluisConfig } from '../config/kluis-config.ts';
import { entraOfSlack } from '../people/links.ts';
import type { EntraOf } from '../slack/door/identify.ts';
import { within } from '../core/within.ts';
import type { Database } from '../store/database.ts';
import { linkedTo } from '../store/person-links.ts';

const patienceMs = 1_200;

/** The person of Entra whose e-mail address this is; null unless exactly one is. */
export type PersonByEmail = (email: string) => Promise<string | null>;

/**
 * Who a member of Slack is in Entra: as `kluis.yaml` says, else as they signed in themselves, else, where an administrator
 * has switched that on, by the e-mail address of their profile. Never by name.
 */
export function entraOf(config: KluisConfig, database: Database, byEmail: PersonByEmail): EntraOf {
  return async ({ user, email }) => {
    const known = entraOfSlack(user, config.people) ?? (await linkedTo(database.db, user));
    if (known !== null || !config.slack.linkByEmail || email === null) return known;
    // Slack waits three seconds for its answer; who is not found in time is not linked, this time.
    return within(
      patienceMs,
      byEmail(email).catch(() => null),
    );
  };
}
