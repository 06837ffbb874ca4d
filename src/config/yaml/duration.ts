import { ownOf } from '../../core/own-of.ts';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The shortest and the longest time in a rule: nobody answers within a minute, or after a week. */
const durationRange = { fromMs: 5 * 60_000, toMs: 7 * 86_400_000 } as const;

/** Reads `30m`, `4h`, `2d`, also combined (`1h30m`), as milliseconds; null if the text is invalid or out of range. */
export function parseDuration(text: string): number | null {
  if (!/^(\d{1,5}[mhd]){1,3}$/.test(text)) return null;
  const parts = [...text.matchAll(/(\d+)([mhd])/g)];
  if (new Set(parts.map(([, , unit]) => unit)).size < parts.length) return null;
  const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (ownOf(units, unit ?? '') ?? 0), 0);
  return total >= durationRange.fromMs && total <= durationRange.toMs ? total : null;
}
