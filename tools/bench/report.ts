import { isMet, shown, type Figure, type Goal, type Value } from './figure.ts';

/**
 * A figure with when and under what load it was measured. `durable`: on a database that waits for its disk;
 * `answersAfterMs`: over a connection that delays each answer by that much.
 */
export type Run = {
  readonly figure: Figure;
  readonly at: string;
  readonly load: number;
  readonly database: { readonly durable: boolean; readonly answersAfterMs: number | null };
};

/** A run as lines of text. */
export function inWords({ figure, load }: Run): string {
  const { id, title, values, baseline, goals, notes } = figure;
  const lines = [
    `\n${id}  ${title}   (load ${load})`,
    ...values.map((value) => `    ${pad(value.name)} ${withUnit(value)}`),
    ...baseline.map((value) => `    ${pad(`beside it: ${value.name}`)} ${withUnit(value)}`),
    ...goals.map((goal) => `  ${isMet(goal) ? '✔' : '✘'} ${pad(goal.text)} ${reachedOf(goal)} (goal ${boundOf(goal)})`),
    ...notes.map((note) => `    ${note}`),
  ];
  return lines.join('\n');
}

/** A value with its unit, `12.3 ms`. */
export function withUnit({ value, unit }: Pick<Value, 'value' | 'unit'>): string {
  return `${shown(value)}${/^[×/]/.test(unit) || unit === '' ? '' : ' '}${unit}`;
}

/** The result for a goal. */
export function reachedOf({ reached, unit }: Goal): string {
  return withUnit({ value: reached, unit });
}

/** A goal's bound, `≤ 600 ms`. */
export function boundOf({ must, bound, unit }: Goal): string {
  return `${must === 'at-most' ? '≤' : '≥'} ${withUnit({ value: bound, unit })}`;
}

function pad(text: string): string {
  return text.padEnd(52);
}
