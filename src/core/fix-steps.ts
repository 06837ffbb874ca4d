/** One step of a fix. `command`: what is pasted into a shell, after the text. */
export type FixStep = { readonly text: string; readonly command: string | null };

/** Splits a fix from the wording: one sentence, or steps numbered `1. … 2. …`, each perhaps ending in a command. */
export function fixSteps(fix: string): readonly FixStep[] {
  return fix
    .split(/(?:^|\s)\d\.\s/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(stepOf);
}

/** A command extends to the end of its step; the words before it end in a colon. */
function stepOf(part: string): FixStep {
  const found = /^(?:(.*?:)\s)?(az\s.+|npm run\s.+)$/su.exec(part);
  return found ? { text: found[1] ?? '', command: found[2] as string } : { text: part, command: null };
}
