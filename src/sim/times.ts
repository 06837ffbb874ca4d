/** "Not yet", as Azure Backup writes it in operations and tasks: without a Z. */
export const NOT_YET = '0001-01-01T00:00:00';

/** "Never backed up", as a protected item says it. */
export const NEVER = '2001-01-01T00:00:00Z';

/** A time as Azure Backup writes it: UTC, up to seven decimals, trailing zeros dropped. The last four are made up. */
export function stamp(time: Date): string {
  const invented = String((time.getTime() * 7919) % 10_000).padStart(4, '0');
  const decimals = `${String(time.getUTCMilliseconds()).padStart(3, '0')}${invented}`.replace(/0+$/, '');
  return `${time.toISOString().slice(0, 19)}${decimals ? `.${decimals}` : ''}Z`;
}

/** The milliseconds of a time text. */
export function millis(text: string): number {
  return Date.parse(text);
}

/** A duration as Azure Backup writes it in jobs: ISO 8601 with fractional seconds. */
export function isoDuration(ms: number): string {
  if (ms <= 0) return 'PT0S';
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = Number(((ms % 60_000) / 1000).toFixed(3));
  return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds}S`;
}

/** A duration as .NET writes it: Azure Backup uses it for the rest of a soft deletion, and nowhere else. */
export function dotnetSpan(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  const rest = new Date(ms % 86_400_000).toISOString().slice(11, 23);
  return `${days}.${rest}0000`;
}

/** A time as in a job's property bag: US style, no zone. */
export function usTime(text: string): string {
  const time = new Date(millis(text));
  const hour = time.getUTCHours();
  const clock = [hour % 12 || 12, two(time.getUTCMinutes()), two(time.getUTCSeconds())].join(':');
  return `${time.getUTCMonth() + 1}/${time.getUTCDate()}/${time.getUTCFullYear()} ${clock} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** A time as Compute writes it: with a numeric offset. */
export function offsetTime(text: string): string {
  return text.replace(/Z$/, '+00:00');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
