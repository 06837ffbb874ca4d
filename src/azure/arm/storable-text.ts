/** One escape after the other, so that the second half of an escaped backslash is not taken for the start of one. */
const escapes = /\\(?:ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|u(0000|d[89a-f][\da-f]{2})|.)/gi;

/**
 * A JSON text whose strings a database can keep: PostgreSQL takes neither NUL nor half a surrogate pair, and one in a
 * name or an error text would keep whatever shows it from ever being written. Each becomes `�`; nothing else is
 * changed.
 */
export function storableText(body: string): string {
  const text = body.replaceAll('\0', '\ufffd');
  return text.includes('\\u')
    ? text.replace(escapes, (escape, lost: string | undefined) => (lost === undefined ? escape : '\ufffd'))
    : text;
}
