import { z } from 'zod';
import { loggable } from '../../core/log.ts';
import { memberIn, type PersonLink } from '../../people/links.ts';
import type { SignedIn, SignIn } from '../../people/sign-in.ts';
import { keepSignIn, link, ticketHolder, useTicket, type MemberKey } from '../../store/person-links.ts';
import { inTransaction, type Deps } from '../deps.ts';
import type { Linked, Linking } from '../port.ts';
import { append } from '../record.ts';
import { ticketHash } from './sign-in-offer.ts';

const checksSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });

type LinkingDeps = Pick<Deps, 'database' | 'queue' | 'clock' | 'log'>;

/** Links members of a platform to people in Entra by their own sign-in. Each link is in the audit log. */
export function linking(deps: LinkingDeps, signIn: SignIn, people: readonly PersonLink[]): Linking {
  const q = deps.database.db;
  return {
    holder: (ticket) => ticketHolder(q, ticketHash(ticket)),
    async begin(ticket) {
      if (!(await ticketHolder(q, ticketHash(ticket)))) return null;
      const { url, checks } = await signIn.begin();
      return (await keepSignIn(q, ticketHash(ticket), checks)) ? url : null;
    },
    async finish(ticket, answer) {
      const used = await useTicket(q, ticketHash(ticket));
      const checks = checksSchema.safeParse(used?.signIn).data;
      if (!used || !checks) return { end: 'expired' };
      try {
        const who = await signIn.finish(answer, checks);
        const other = people.some(
          ({ entra, slack }) => entra === who.entra && ![null, used.platformId].includes(memberIn(used.team, slack)),
        );
        return other ? { end: 'taken' } : await settle(deps, used, who);
      } catch (error) {
        deps.log.warn({ ...loggable(error), member: used.platformId }, 'a sign-in could not be completed');
        return { end: 'failed' };
      }
    },
  };
}

async function settle(deps: LinkingDeps, { team, platformId }: MemberKey, { entra, name }: SignedIn): Promise<Linked> {
  const linked = await inTransaction(deps, async (unit) => {
    if (!(await link(unit.q, { team, platformId }, entra))) return false;
    await append(unit, { entry: { what: 'linked', team, member: platformId, entra, name }, now: deps.clock.now() });
    return true;
  });
  return linked ? { end: 'linked', name } : { end: 'taken' };
}
