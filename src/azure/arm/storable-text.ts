/** One escape at a time, so that the second half of an escaped backslash isn't taken for the start of one. */
const escapes = /\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|u(0000|e00[0-2]|d[89a-f][\da-f]{2})|.)/gi;
/** NUL, and the characters that mark a time in a text of Kluis (`message/timed-text.ts`): nobody else writes those. */
const taken = /[\0\ue000-\ue002]/g;

/**
 * A JSON text whose strings a database can keep: PostgreSQL accepts neither NUL nor half a surrogate pair, and one in a
 * name or an error text would keep whatever shows it from ever being written. Each becomes `�`, and so does what marks
 * a time on a card: otherwise a tag could pass for one. Nothing else is changed.
 */
export function storableText(body: string): string {
  const text = body.replace(taken, '\ufffd');
  return text.includes('\\u')
    ? text.replace(escapes, (escape, lost: string | undefined) => (lost === undefined ? escape : '\ufffd'))
    : text;
}
