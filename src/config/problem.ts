/** A position in a file; both counted from 1. */
export type Position = { readonly file: string; readonly line: number; readonly column: number };

/**
 * Something in the settings or in `kluis.yaml` that prevents the start. `subject` names the setting or the field
 * (`rules[2].within`), `wrong` says what is wrong with it, `remedy` what to do. None of the three repeats a secret.
 */
export type Problem = {
  readonly subject: string;
  readonly wrong: string;
  readonly remedy: string;
  readonly at: Position | null;
};

/** A problem as one printed line. */
export function sayProblem({ subject, wrong, remedy, at }: Problem): string {
  const place = at ? `${at.file}:${at.line}:${at.column} ` : '';
  return `${place}${subject}: ${wrong}. ${remedy}${/[.?!]$/.test(remedy) ? '' : '.'}`;
}
