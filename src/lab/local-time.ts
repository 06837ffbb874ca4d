/** By time zone: to make one takes far longer than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant with this time zone's clock and offset, as clients send it: `2026-11-24T03:15:00.000+01:00`. */
export function localTimestamp(at: Date, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const parts = format.formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const offset = name === 'GMT' ? '+00:00' : name.slice('GMT'.length);
  const [hours, minutes] = offset.slice(1).split(':').map(Number);
  const shift = ((hours ?? 0) * 60 + (minutes ?? 0)) * (offset.startsWith('-') ? -1 : 1);
  return new Date(at.getTime() + shift * 60_000).toISOString().replace('Z', offset);
}
