import type { PersonLink } from './links.ts';
import { personIdOf, samePerson } from './links.ts';
import type { Target } from './match.ts';
import { holdersAt, rolesAt } from './rights.ts';
import type { Member } from './roles.ts';
import type { RolesAndRules } from './rules.ts';

/** Whether somebody's approval counts; a no says why. */
type MayApprove =
  | { readonly may: 'yes' }
  | { readonly may: 'no'; readonly because: 'own-request' | 'approved-already' }
  | { readonly may: 'no'; readonly because: 'role'; readonly needs: 'approver'; readonly holders: readonly string[] };

/** Who wants to approve what: the requester, who has approved so far, and everything that the plan touches. */
type ApprovalQuestion = {
  readonly person: Member;
  readonly requestedBy: string;
  readonly approvedBy: readonly string[];
  readonly targets: readonly Target[];
};

/** What it is decided from; links are needed, since one person with two ids is still one person. */
type ApprovalConfig = RolesAndRules & { readonly people: readonly PersonLink[] };

/** Whether a person's approval counts. Nobody approves their own request, nor twice, whatever their roles. */
export function mayApprove(question: ApprovalQuestion, config: ApprovalConfig): MayApprove {
  const { person, requestedBy, approvedBy, targets } = question;
  if (samePerson(person.id, requestedBy, config.people)) return { may: 'no', because: 'own-request' };
  if (approvedBy.some((id) => samePerson(id, person.id, config.people)))
    return { may: 'no', because: 'approved-already' };
  const member = { id: personIdOf(person.id, config.people), groups: person.groups };
  // A plan without a target is nobody's to approve but who may approve everywhere.
  const places = targets.length > 0 ? targets : [{}];
  const barred = places.find((target) => !rolesAt(member, target, config).includes('approver'));
  if (!barred) return { may: 'yes' };
  return { may: 'no', because: 'role', needs: 'approver', holders: holdersAt('approver', barred, config) };
}
