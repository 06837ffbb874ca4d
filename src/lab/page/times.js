/** @import { Words } from './words.js' */

/** Times as the clients of all people in the lab show them. */
const timeZone = 'Europe/Amsterdam';

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * Each is made once: that takes half a millisecond, and every message shows a time.
 * @param {string} locale
 * @param {Intl.DateTimeFormatOptions} parts
 */
function formatOf(locale, parts) {
  const key = JSON.stringify([locale, parts]);
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, ...parts });
  formats.set(key, format);
  return format;
}

/**
 * The time of day.
 * @param {string} iso
 * @param {string} locale
 */
export function clockTime(iso, locale) {
  return formatOf(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(iso));
}

/**
 * The time of day with seconds.
 * @param {string} iso
 * @param {string} locale
 */
export function exactTime(iso, locale) {
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
  return formatOf(locale, parts).format(new Date(iso));
}

/**
 * The day, for the line between the messages of two days.
 * @param {string} iso
 * @param {{ locale: string, words: Words }} reader
 */
export function dayName(iso, { locale, words }) {
  /** @param {Date} date */
  const day = (date) => formatOf('en-CA', {}).format(date);
  const dayMilliseconds = 24 * 3600 * 1000;
  const wanted = day(new Date(iso));
  if (wanted === day(new Date())) return words.today;
  if (wanted === day(new Date(Date.now() - dayMilliseconds))) return words.yesterday;
  return formatOf(locale, { dateStyle: 'full' }).format(new Date(iso));
}
