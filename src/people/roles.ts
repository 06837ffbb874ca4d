import { sameId } from './links.ts';
import type { Match } from './match.ts';

/** The roles. Each can also view (`viewer`); beyond that none includes another. */
export const roles = ['viewer', 'operator', 'approver', 'admin', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Who holds a role: everyone, one person by id, or an Entra group by id. */
export type Holder =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string };

/** A role given to a holder, everywhere or only where `where` matches. */
export type RoleGrant = { readonly role: Role; readonly to: Holder; readonly where: Match };

/** A person whose rights are checked: the ID that `personIdOf` gives, and their Entra groups. */
export type Member = { readonly id: string; readonly groups: readonly string[] };

/** Whether a holder is this person or a group of theirs. */
export function holds(holder: Holder, member: Member): boolean {
  switch (holder.kind) {
    case 'everyone':
      return true;
    case 'user':
      return sameId(holder.id, member.id);
    case 'group':
      return member.groups.some((group) => sameId(group, holder.id));
  }
}

/** The holder that a text in `kluis.yaml` names; the reverse of `holderText`. */
export function holderOf(text: string): Holder {
  const [kind, ...id] = text.split(':');
  return kind === 'user' || kind === 'group' ? { kind, id: id.join(':') } : { kind: 'everyone' };
}

/** A holder as written in `kluis.yaml`. */
export function holderText(holder: Holder): string {
  return holder.kind === 'everyone' ? 'everyone' : `${holder.kind}:${holder.id}`;
}
