/** One number of a measurement, with its unit. */
export type Value = { readonly name: string; readonly value: number; readonly unit: string };

/** A goal and the result: `reached` compared with `bound` as `must` says. */
export type Goal = {
  readonly text: string;
  readonly reached: number;
  readonly must: 'at-most' | 'at-least';
  readonly bound: number;
  readonly unit: string;
};

/** The result of one measurement. */
export type Figure = {
  readonly id: string;
  readonly title: string;
  readonly values: readonly Value[];
  /** What the same machine did in the same run without the product, or with half of it. */
  readonly baseline: readonly Value[];
  readonly goals: readonly Goal[];
  /** What a reader must know to interpret the numbers. */
  readonly notes: readonly string[];
  /** What the page shows of it besides its row. */
  readonly table?: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
};

/** Whether a goal is reached. A number that couldn't be measured reaches nothing. */
export function isMet({ must, reached, bound }: Goal): boolean {
  return must === 'at-most' ? reached <= bound : reached >= bound;
}

/** The value below which this share of the numbers lies (nearest rank); NaN for no numbers. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

/** A number for people: at most three significant digits, whole from a hundred on. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US').replaceAll(',', ' ');
  return String(Number(value.toPrecision(3)));
}
