/** Times as the clients of all people in the lab show them. */
const timeZone = 'Europe/Amsterdam';

/** The time of day. */
export function clockTime(iso, locale) {
  return new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(iso),
  );
}

/** The time of day with seconds. */
export function exactTime(iso, locale) {
  const parts = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
  return new Intl.DateTimeFormat(locale, { timeZone, ...parts }).format(new Date(iso));
}

/** The day, for the line between the messages of two days. */
export function dayName(iso, { locale, words }) {
  const day = (date) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(date);
  const dayMilliseconds = 24 * 3600 * 1000;
  const wanted = day(new Date(iso));
  if (wanted === day(new Date())) return words.today;
  if (wanted === day(new Date(Date.now() - dayMilliseconds))) return words.yesterday;
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full' }).format(new Date(iso));
}
