/** Mentions in a text: whom a platform notifies. Pure. */

/** Somebody whom a text mentions. `from`: where in the text to look for them; absent: after the one before. */
export type Mentioned = { readonly id: string; readonly name: string; readonly from?: number };

/** How a text mentions somebody of this name. */
export function mentionTag(name: string): string {
  return `<at>${name}</at>`;
}

/**
 * A text and those whom it mentions, in order. Each of them is found once, in the order in which they are given: so
 * namesakes are different people, and what somebody typed in the form of a mention stays text.
 */
export function splitAtMentions<Person extends Mentioned>(
  text: string,
  mentions: readonly Person[],
): readonly (string | Person)[] {
  const parts: (string | Person)[] = [];
  let end = 0;
  for (const person of mentions) {
    const tag = mentionTag(person.name);
    const at = text.indexOf(tag, Math.max(end, person.from ?? 0));
    if (at < 0) continue;
    parts.push(text.slice(end, at), person);
    end = at + tag.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== '');
}
