import type { Inbound } from '../../bot/port.ts';
import type { Person } from '../../core/person.ts';
import type { Profiles, Says } from './profiles.ts';

/** The one Entra object ID that a workspace member is linked to; null if there is none. It never guesses. */
export type EntraOf = (member: {
  readonly team: string;
  readonly user: string;
  readonly email: string | null;
}) => Promise<string | null>;

/** Who acts, with their language and time zone. */
export type Identified = { readonly person: Person; readonly reader: Inbound['reader'] };

/**
 * Finds out who acts. `stranger`: somebody from another workspace, or an app, who isn't served and not answered.
 * `unknown`: it is unknown now, so nothing is done for them, and they are told so.
 */
export type Identify = (who: {
  readonly team: string;
  readonly user: string;
  readonly name?: string;
  readonly says?: Says;
}) => Promise<Identified | 'stranger' | 'unknown'>;

/** The one place where a workspace member becomes a person of the product. */
export function identifier(profiles: Profiles, entraOf: EntraOf): Identify {
  return async ({ team, user, name, says = [] }) => {
    const profile = await profiles({ team, user, name: name ?? '', says });
    if (profile.isStranger !== false) return profile.isStranger === null ? 'unknown' : 'stranger';
    const entra = await entraOf({ team: profile.team, user, email: profile.email });
    const named = {
      name: profile.name,
      platformId: user,
      team: profile.team,
      ...(profile.isGuest && { guest: true as const }),
    };
    const person: Person =
      entra === null ? { id: `${profile.team}/${user}`, ...named, unlinked: true } : { id: entra, ...named };
    return { person, reader: { locale: profile.locale, timeZone: profile.timeZone } };
  };
}
