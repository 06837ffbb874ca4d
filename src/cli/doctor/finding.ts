/** A finding of the doctor: `about` what, its state, and how to fix what isn't in order. It contains no secrets. */
export type Finding = {
  readonly verdict: 'ok' | 'unknown' | 'warning' | 'problem';
  readonly about: string;
  readonly found: string;
  readonly remedy: string | null;
};

/** Something that is in order. */
export function ok(about: string, found: string): Finding {
  return { verdict: 'ok', about, found, remedy: null };
}

/** Something that can't be checked from here; `look` says where it can be seen. */
export function unknown(about: string, found: string, look: string): Finding {
  return { verdict: 'unknown', about, found, remedy: look };
}

/** Something that works, at a cost or a risk. */
export function warning(about: string, found: string, remedy: string): Finding {
  return { verdict: 'warning', about, found, remedy };
}

/** Something that prevents the product, or a part of it, from working. */
export function problem(about: string, found: string, remedy: string): Finding {
  return { verdict: 'problem', about, found, remedy };
}

/** Several names in one line, without the many that would hide the rest. */
export function someOf(names: readonly string[], max = 5): string {
  const shown = names.slice(0, max).join(', ');
  return names.length > max ? `${shown} and ${names.length - max} more` : shown;
}

/** Runs one group of checks; an error in it is a problem of its own and doesn't end the others. */
export async function guarded(about: string, check: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [problem(about, `this couldn't be checked: ${why}`, 'Fix what it names and run the doctor again')];
  }
}
