const open = /^["'`\u2018-\u201f\u00ab\u00bb\u2039\u203a]+/u;
const close = /["'`\u2018-\u201f\u00ab\u00bb\u2039\u203a.,;!?]+$/u;

/**
 * The words of a typed text, as meant. A phone puts quotes around a name and a full stop after it, and people write a
 * comma between two; no VM name begins or ends with any of these, so no word becomes another name.
 */
export function plainWords(text: string): string[] {
  const words = text.trim().split(/\s+/u);
  const parted = words.flatMap((word) => (word.includes('/') ? [word] : word.split(',')));
  return parted.map((word) => word.replace(open, '').replace(close, '')).filter(Boolean);
}
