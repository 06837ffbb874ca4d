const pattern = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?$/;

/** Milliseconds of a .NET TimeSpan, `13.23:59:43.8068908` (days, hours, minutes, seconds); null if it is none. */
export function timeSpanMs(text: string | null | undefined): number | null {
  const [whole, minus, days, hours, minutes, seconds, fraction] = pattern.exec(text ?? '') ?? [];
  if (whole === undefined) return null;
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return null;
  const ms = Math.floor(Number(`0.${fraction ?? '0'}`) * 1000);
  const span = ((Number(days ?? 0) * 24 + h) * 60 + m) * 60_000 + s * 1000 + ms;
  return minus ? -span : span;
}
