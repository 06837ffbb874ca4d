import type { RenderContext } from './card-data.ts';
import { formatter } from './date-formatter.ts';
import { clean, shorten } from './escape.ts';
import { isNight, saidDay, type SaidDay } from './wall-time.ts';

type Unit = 'second' | 'minute' | 'hour' | 'day';
const unitNames: Record<RenderContext['locale'], Record<Unit, (n: number) => string>> = {
  en: {
    second: (n) => `${n} s`,
    minute: (n) => `${n} min`,
    hour: (n) => `${n} h`,
    day: (n) => (n === 1 ? '1 day' : `${n} days`),
  },
  nl: {
    second: (n) => `${n} s`,
    minute: (n) => `${n} min`,
    hour: (n) => `${n} u`,
    day: (n) => (n === 1 ? '1 dag' : `${n} dagen`),
  },
};

/** Month names of three letters in English (`Sep`); the Dutch ones are Intl's (`mrt`). */
const monthLocale: Record<RenderContext['locale'], string> = { en: 'en-US', nl: 'nl-NL' };

/** Where short zone names are looked for: Intl knows `CET` only in European locales and `EST` only in American ones. */
const zoneNameLocales: Record<RenderContext['locale'], readonly string[]> = {
  en: ['en-GB', 'en-US', 'en-AU'],
  nl: ['nl-NL', 'en-GB', 'en-US', 'en-AU'],
};

type DateParts = Record<'day' | 'month' | 'year' | 'hour' | 'minute' | 'weekday', string>;

function partsOf(at: Date, { locale, timeZone }: Pick<RenderContext, 'locale' | 'timeZone'>): DateParts {
  const made = formatter(monthLocale[locale], {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return Object.fromEntries(made.formatToParts(at).map(({ type, value }) => [type, value])) as DateParts;
}

function offsetName(at: Date, timeZone: string): string {
  const made = formatter('en-US', { timeZone, timeZoneName: 'longOffset' });
  const offset = made.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(offset) ?? [];
  if (!sign) return 'UTC';
  return `UTC${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`;
}

/**
 * The short name of a zone at a time, such as `CET` or `CEST`; a zone without one is given by its offset, `UTC+5:30`.
 */
function zoneName(at: Date, { locale, timeZone }: Pick<RenderContext, 'locale' | 'timeZone'>): string {
  if (offsetName(at, timeZone) === 'UTC' && /^(etc\/)?(utc|gmt|uct|zulu)$/i.test(timeZone)) return 'UTC';
  for (const tag of zoneNameLocales[locale]) {
    const made = formatter(tag, { timeZone, timeZoneName: 'short' });
    const name = made.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]{2,5}$/.test(name)) return name;
  }
  return offsetName(at, timeZone);
}

/** Whether a name is a time zone that this runtime knows. */
function isTimeZone(name: string): boolean {
  try {
    formatter('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const clockTime = ({ hour, minute }: DateParts) => `${hour}:${minute}`;
const calendarDate = ({ day, month, year }: DateParts) => `${day} ${month} ${year}`;

const saidDays: Readonly<Record<RenderContext['locale'], Readonly<Record<Exclude<SaidDay, 'date'>, string>>>> = {
  en: {
    yesterday: 'yesterday',
    today: 'today',
    'this-evening': 'tonight',
    'this-night': 'tonight',
    tomorrow: 'tomorrow',
  },
  nl: {
    yesterday: 'gisteren',
    today: 'vandaag',
    'this-evening': 'vanavond',
    'this-night': 'vannacht',
    tomorrow: 'morgen',
  },
};

type Here = Pick<RenderContext, 'locale' | 'timeZone'>;

/** The day and month; the year only if it is another one. */
function nearDate(at: Date, now: Date, here: Here): string {
  const { day, month, year } = partsOf(at, here);
  return year === partsOf(now, here).year ? `${day} ${month}` : `${day} ${month} ${year}`;
}

function datedTime(at: Date, now: Date, here: Here): string {
  return `${nearDate(at, now, here)} ${clockTime(partsOf(at, here))} ${zoneName(at, here)}`;
}

function saidTime(at: Date, now: Date, here: Here): string {
  const day = saidDay(at, now, here.timeZone);
  const said = day === 'date' ? nearDate(at, now, here) : saidDays[here.locale][day];
  return [said, clockTime(partsOf(at, here)), ...zoneUnlessThatOf(now, at, here)].join(' ');
}

/** The zone's name at `at`, where its clocks are set otherwise than at `now`; by its offset if both share the name. */
function zoneUnlessThatOf(now: Date, at: Date, here: Here): string[] {
  const offset = offsetName(at, here.timeZone);
  if (offset === offsetName(now, here.timeZone)) return [];
  const name = zoneName(at, here);
  return [name === zoneName(now, here) ? offset : name];
}

/** `3.5` or `3,5`; at most `digits` decimals. */
function decimal(value: number, locale: RenderContext['locale'], digits: number): string {
  return new Intl.NumberFormat(locale === 'nl' ? 'nl-NL' : 'en-GB', { maximumFractionDigits: digits }).format(value);
}

const sizeUnits = ['GB', 'TB', 'PB'];

function sizeText(gib: number, locale: RenderContext['locale']): string {
  let value = gib;
  let unit = 0;
  while (value >= 1024 && unit < sizeUnits.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${decimal(value, locale, 1)} ${sizeUnits[unit]}`;
}

function durationText(milliseconds: number, locale: RenderContext['locale']): string {
  const unit = unitNames[locale];
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return unit.second(seconds);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return unit.minute(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${unit.hour(hours)} ${unit.minute(minutes % 60)}` : unit.hour(hours);
  const days = Math.floor(hours / 24);
  // Hours say nothing about what is weeks away.
  return hours % 24 && days < 14 ? `${unit.day(days)} ${unit.hour(hours % 24)}` : unit.day(days);
}

function namesText(names: readonly string[], locale: RenderContext['locale'], max: number): string {
  const shown = names.slice(0, max).map((name) => shorten(clean(name), 80));
  if (names.length > max) shown.push(locale === 'nl' ? `nog ${names.length - max}` : `${names.length - max} more`);
  return conjunctions[locale].format(shown);
}

const conjunctions: Readonly<Record<RenderContext['locale'], Intl.ListFormat>> = {
  en: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  nl: new Intl.ListFormat('nl-NL', { type: 'conjunction' }),
};

const moneyLocale: Record<RenderContext['locale'], string> = { en: 'en-GB', nl: 'nl-NL' };

function moneyText(amount: number, currency: string, locale: RenderContext['locale']): string {
  const digits = amount >= 10 ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(moneyLocale[locale], { style: 'currency', currency, ...digits }).format(amount);
}

/**
 * How times, sizes and lists are written for one context.
 *
 * A time is said in one of two ways, by how long its sentence is read. A card that answers a question, and says from
 * when that is ("As of 24 Nov 2026 03:15 CET"), says times as they are said at that moment (`said`): the words stay
 * true beside it, and its zone is theirs. Everything else stays in the chat for days or is sent by itself: an alert, a
 * request, a progress or closing card, a note. There "tonight" would become false, so a day is its date (`dated`), with
 * the zone. No weekdays: "Monday" is one of two. `dateTime` has the year too: that moment itself, recovery points to
 * choose from, and the details of each job.
 */
export type Format = {
  /** `24 Nov 2026 03:16 CET` */
  readonly dateTime: (at: Date) => string;
  /** `24 Nov 2026` */
  readonly date: (at: Date) => string;
  /** `24 Nov 2026`, from a day such as `2026-11-24`: the same day for every reader, whatever their time zone */
  readonly day: (day: string) => string;
  /** `Tuesday` */
  readonly weekday: (at: Date) => string;
  /** `03:16 CET` */
  readonly time: (at: Date) => string;
  /**
   * `tonight 00:00`, `yesterday 23:30`, `28 Nov 23:30`: as it is said at `now`, by a card that shows `now` with its
   * zone; the zone is only named where its clocks are set otherwise then, as after the end of summer time
   */
  readonly said: (at: Date, now: Date) => string;
  /** `28 Nov 23:30 CET`, or `28 Nov 2025 23:30 CET` in another year than `now`: true whenever it is read */
  readonly dated: (at: Date, now: Date) => string;
  /** Whether it is in the evening or in the night, by the clocks there */
  readonly isNight: (at: Date) => boolean;
  /** `28 Nov`, or `28 Nov 2025` in another year than `now` */
  readonly nearDate: (at: Date, now: Date) => string;
  /** `40 s`, `4 min`, `1 h 3 min`, `2 days 3 h` */
  readonly duration: (milliseconds: number) => string;
  /** `127 GB`, `8 TB`, from GiB as Azure counts disks */
  readonly size: (gib: number) => string;
  /** `Ana, Ben and Chris`; after `max` names `… and 12 more` */
  readonly names: (names: readonly string[], max?: number) => string;
  /** `85%`, from 0 to 1 */
  readonly percent: (share: number) => string;
  /** `€41`, `€4.10`, by the ISO code of the currency; cents only where they matter */
  readonly money: (amount: number, currency: string) => string;
};

/** The formats for a context. An unknown time zone becomes UTC, and the name shown says so. */
export function format({ locale, timeZone }: Pick<RenderContext, 'locale' | 'timeZone'>): Format {
  const here = { locale, timeZone: isTimeZone(timeZone) ? timeZone : 'UTC' };
  return {
    dateTime: (at) => `${calendarDate(partsOf(at, here))} ${clockTime(partsOf(at, here))} ${zoneName(at, here)}`,
    date: (at) => calendarDate(partsOf(at, here)),
    day: (day) => calendarDate(partsOf(new Date(`${day}T00:00:00Z`), { locale, timeZone: 'UTC' })),
    weekday: (at) => partsOf(at, here).weekday,
    time: (at) => `${clockTime(partsOf(at, here))} ${zoneName(at, here)}`,
    said: (at, now) => saidTime(at, now, here),
    dated: (at, now) => datedTime(at, now, here),
    isNight: (at) => isNight(at, here.timeZone),
    nearDate: (at, now) => nearDate(at, now, here),
    duration: (milliseconds) => durationText(milliseconds, locale),
    size: (gib) => sizeText(gib, locale),
    names: (names, max = 5) => namesText(names, locale, max),
    percent: (share) => `${Math.floor(share * 100)}%`,
    money: (amount, currency) => moneyText(amount, currency, locale),
  };
}
