import type { Person } from '../core/person.ts';
import { loggable } from '../core/log.ts';
import type { Deps, PersonRights } from './deps.ts';

/**
 * A person's rights, read before a transaction begins: group memberships may have to come from the directory, and no
 * transaction waits for the network. Null where they could not be read: then nothing is started (I5).
 */
export async function rightsOf(deps: Deps, person: Person): Promise<PersonRights | null> {
  try {
    return await deps.authority.rightsOf(person);
  } catch (error) {
    deps.log.warn({ ...loggable(error), person: person.id }, 'the source of identities could not be read');
    return null;
  }
}
