import type { ApprovalRequest } from '../../approval/request.ts';
import { isPerson, type Actor } from '../../core/person.ts';

/**
 * The names of those who allowed something: who approved it, or used break-glass; if a rule leaves it to the requester,
 * only theirs.
 */
export function allowedBy(requester: Actor, request: ApprovalRequest | null): string {
  const glass = request?.glass ? [request.glass.name] : [];
  const names = [...new Set([...(request?.votes.map(({ name }) => name) ?? []), ...glass])];
  return names.length > 0 ? names.join(', ') : actorName(requester);
}

/** The name of who acts. */
export function actorName(actor: Actor): string {
  return isPerson(actor) ? actor.name : actor.system;
}
