import { ownOf } from '../../../core/own-of.ts';

/** A translated input: where it is, and the message if it was left empty. */
export type Field = {
  readonly id: string;
  readonly blockId: string;
  readonly label: string;
  readonly required: boolean;
  readonly message: string;
};

/**
 * The required inputs that were left empty or have only spaces, in order. Slack enforces them only in a modal; a
 * message sends whatever is in it. As `blockId` and `message` they become the `errors` of a modal.
 */
export function missingFields(fields: readonly Field[], inputs: Readonly<Record<string, string>>): readonly Field[] {
  return fields.filter(({ id, required }) => required && (ownOf(inputs, id) ?? '').trim() === '');
}
