import type { Inbound } from '../../bot/port.ts';
import type { Person } from '../../core/person.ts';
import type { Profiles } from './profiles.ts';

/** The one Entra object id that a member of a workspace is linked to; null where there is none. It never guesses. */
export type EntraOf = (member: {
  readonly team: string;
  readonly user: string;
  readonly email: string | null;
}) => Promise<string | null>;

/** Who acts, and how they read. */
export type Identified = { readonly person: Person; readonly reader: Inbound['reader'] };

/** Finds out who acts; null for people of other workspaces and for apps, who are not served. */
export type Identify = (who: {
  readonly team: string;
  readonly user: string;
  readonly name?: string;
}) => Promise<Identified | null>;

/** Makes the one place where a member of the workspace becomes a person of the product. */
export function identifier(profiles: Profiles, entraOf: EntraOf): Identify {
  return async ({ team, user, name }) => {
    const profile = await profiles({ team, user, name: name ?? '' });
    if (profile.isStranger) return null;
    const entra = await entraOf({ team, user, email: profile.email });
    const named = { name: profile.name, platformId: user };
    const person: Person = entra === null ? { id: user, ...named, unlinked: true } : { id: entra, ...named };
    return { person, reader: { locale: profile.locale, timeZone: profile.timeZone } };
  };
}
