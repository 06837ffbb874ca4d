import type { Person } from '../../core/person.ts';
import type { Deps } from '../deps.ts';

/**
 * Somebody as the platform describes them now: whether they are a guest of their workspace is read again, since what is
 * known about them may be an hour old. Null: unknown, so nothing that guests can't do is accepted from them. Who is a
 * guest of the tenant is read with their groups.
 */
export async function personNow({ isGuestNow }: Pick<Deps, 'isGuestNow'>, person: Person): Promise<Person | null> {
  const { guest: _, ...known } = person;
  if (person.team === undefined) return person;
  const isGuest = await isGuestNow({ team: person.team, user: person.platformId });
  return isGuest === null ? null : { ...known, ...(isGuest && { guest: true as const }) };
}
