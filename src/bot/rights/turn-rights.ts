import { isPerson, type Actor, type Person } from '../../core/person.ts';
import { refuse } from '../../core/refusal.ts';
import { loggable } from '../../core/log.ts';
import type { Deps, PersonRights } from '../deps.ts';

/**
 * The actor's permissions: a schedule or an alert has what the rules leave to everybody. A person's are read before a
 * transaction begins: group memberships may have to come from the directory, and no transaction waits for the network.
 * Who acted as a member of Slack that isn't linked to them any more has the permissions of somebody unlinked.
 * Null if they couldn't be read: then nothing is started (I5).
 */
export async function rightsOf(deps: Deps, person: Actor, channel: string | null): Promise<PersonRights | null> {
  if (!isPerson(person)) {
    const nobody = { person: null, guest: false, approver: false, mayBreakGlass: false };
    const voter = () => ({ ...nobody, readAt: deps.clock.now() });
    const mayAdminister = () => ({
      gate: 'refused' as const,
      refusal: refuse('not-trusted-now', { what: 'identity' }),
    });
    const gate = deps.authority.byItself;
    const open = { gate: 'open' } as const;
    return { view: open, gate, maySomewhere: () => open, approvesSomewhere: false, mayAdminister, voter };
  }
  try {
    return await deps.authority.rightsOf(await asLinkedNow(deps, person), channel);
  } catch (error) {
    deps.log.warn({ ...loggable(error), person: person.id }, 'the source of identities could not be read');
    return null;
  }
}

async function asLinkedNow({ isLinked }: Deps, person: Person): Promise<Person> {
  const { id, team, platformId, unlinked } = person;
  if (team === undefined || unlinked) return person;
  return (await isLinked({ team, user: platformId }, id)) ? person : { ...person, unlinked: true };
}
