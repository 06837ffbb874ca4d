import type { Refusal } from '../core/refusal.ts';
import type { Within } from './deps.ts';

/** Counts a refusal, and logs it with the commit: its code and who or what was refused, by IDs. */
export function noteRefused({ deps, unit }: Within, { refused }: Refusal, ids: object): void {
  deps.metrics.refused(refused);
  unit.logs({ refused, ...ids }, 'refused');
}

/** The same for what somebody typed or pressed. */
export function noteTurnRefused(turn: Asked, refusal: Refusal): void {
  const { person, conversation } = turn.inbound;
  noteRefused(turn, refusal, { by: person.id, conversation: conversation.id });
}

type Asked = Within & {
  readonly inbound: { readonly person: { readonly id: string }; readonly conversation: { readonly id: string } };
};
