import { type ArmId, groupOf, parseArmId } from '../../../core/arm-id.ts';
import { redact } from '../../../core/log.ts';
import { WireFailure } from '../map-fault.ts';

/** A word of Azure's; null if it is absent or, as often, empty. */
export function wordOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/**
 * An error's text, which may quote what was running when it failed: a URL with a signature, the output of a script with
 * a password.
 */
export function errorText(value: unknown): string | null {
  const word = wordOrNull(value);
  return word === null ? null : redact(word);
}

/** A number from Azure; null if it is absent or not a number. */
export function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A text without which the response means nothing. */
export function required(value: unknown, field: string): string {
  const word = wordOrNull(value);
  if (word === null) throw new WireFailure({ kind: 'garbled', code: `No-${field}` });
  return word;
}

/** A list of Azure's, empty if it is absent. */
export function listOf<T>(value: readonly T[] | null | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

/** The words of a list, in lower case: permissions come as `Get`, `get` and `GET`. */
export function lowerWords(value: readonly string[] | null | undefined): readonly string[] {
  return listOf(value).map((word) => String(word).toLowerCase());
}

/** A resource's tags; none if Azure left them out. */
export function tagsOf(tags: Record<string, string> | null | undefined): Readonly<Record<string, string>> {
  return { ...tags };
}

/** The parts of an ID that a response must contain. */
export function idOf(value: unknown): ArmId {
  const id = parseArmId(required(value, 'id'));
  if (!id) throw new WireFailure({ kind: 'garbled', code: 'No-id' });
  return id;
}

/** The parts of an ID that a caller gave. An invalid ID is refused before it is sent. */
export function subject(id: string): ArmId {
  const parsed = parseArmId(id);
  if (!parsed) throw new WireFailure({ kind: 'refused', code: 'NoResourceId' });
  return parsed;
}

/** A resource group by the ID that a caller gave; anything else is refused before it is sent. */
export function groupSubject(id: string): Pick<ArmId, 'subscription' | 'resourceGroup'> {
  const group = groupOf(id);
  if (!group) throw new WireFailure({ kind: 'refused', code: 'NoGroup' });
  return group;
}
