import { IntlMessageFormat } from 'intl-messageformat';
import type { Refusal } from '../core/refusal.ts';
import { shellWord } from '../core/shell-word.ts';
import type { RenderContext } from './card-data.ts';
import { clean, shorten } from './escape.ts';
import { fixSteps, type FixStep } from '../core/fix-steps.ts';
import { format, type Format } from './format.ts';
import { withInstant } from './timed-text.ts';
import type { Placeholders, Value } from './placeholders.ts';
import { regionName } from './wording/region-names.ts';
import { en } from './wording/en.ts';
import { findingsEn, findingsNl, type FindingWording } from './wording/finding-tables.ts';
import { nl } from './wording/nl.ts';
import { ownOf } from '../core/own-of.ts';

/** The English table decides which texts exist and which parameters each has. */
type Key = keyof typeof en;

/** The keys of one group of texts without its name: `vm-vanished` for `trouble.vm-vanished`. */
export type KeyOf<Group extends string> = Key extends infer K
  ? K extends `${Group}.${infer Rest}`
    ? Rest
    : never
  : never;

/** All keys of a group. */
export function keysOf<Group extends string>(group: Group): readonly KeyOf<Group>[] {
  const keys = Object.keys(en).filter((key) => key.startsWith(`${group}.`));
  return keys.map((key) => key.slice(group.length + 1) as KeyOf<Group>);
}

/** What `say` needs in addition to the key: nothing, or an object with a value for each placeholder. */
type Params<K extends Key> = [Placeholders<(typeof en)[K]>] extends [never]
  ? []
  : [params: Readonly<Record<Placeholders<(typeof en)[K]>, Value>>];

/** What a finding needs to be put into words; `readiness` findings fit. */
export type FindingToSay = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number | boolean | readonly string[]>>;
};

/** A finding in words: what was found, why it matters, and how to fix it. */
type FindingWords = {
  readonly title: string;
  readonly text: string;
  readonly fix: readonly FixStep[] | null;
  /** Its title in a few words, as a reason; absent: the title is as short. */
  readonly short?: string;
};

/** All wording for one context. */
export type Words = Format & {
  readonly context: RenderContext;
  readonly say: <K extends Key>(key: K, ...params: Params<K>) => string;
  readonly finding: (finding: FindingToSay) => FindingWords;
  readonly refusal: (refusal: Refusal) => string;
};

const tables: Record<RenderContext['locale'], Readonly<Record<Key, string>>> = { en, nl };
const findingTables: Record<RenderContext['locale'], Readonly<Record<string, FindingWording>>> = {
  en: findingsEn,
  nl: findingsNl,
};

/** The longest value that is filled into a sentence. Longer texts (Azure's own words) get a field of their own. */
const valueLength = 160;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

const compiled = new Map<string, IntlMessageFormat>();

/** An ICU text of one language, compiled once. */
function compile(text: string, locale: RenderContext['locale']): IntlMessageFormat {
  const key = `${locale} ${text}`;
  const known = compiled.get(key);
  if (known) return known;
  const message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  compiled.set(key, message);
  return message;
}

function written(value: Value, by: Format): string | number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return by.dateTime(value);
  if (typeof value === 'string') return shorten(clean(value), valueLength);
  return by.names(value);
}

type Filled = Readonly<Record<string, Value>>;

function fill(text: string, params: Filled, { context, by }: { context: RenderContext; by: Format }): string {
  const values = Object.entries(params).map(([name, value]) => [name, written(value, by)] as const);
  return String(compile(text, context.locale).format(Object.fromEntries(values)));
}

/** A value that was omitted, in its place. */
const gap = '…';

/** A value in its place in a text; a `select` reads it as its text. */
class InPlace {
  readonly value: string | readonly string[];
  constructor(value: InPlace['value']) {
    this.value = value;
  }
  toString(): string {
    return String(this.value);
  }
}

/**
 * The steps of a fix. They are those of the wording: no value adds a step or a command. In a command each value is one
 * word of a shell, in full, and several values are as many words.
 */
function stepsOf(text: string, params: Filled, { context, by }: { context: RenderContext; by: Format }) {
  // What several VMs don't share is to be filled in, as `<vm>`.
  const isOpen = (name: string, value: Value) => value === gap || value === `<${name}>`;
  const inPlace = ([name, value]: [string, Value]) =>
    [
      name,
      (typeof value === 'string' || isList(value)) && !isOpen(name, value) ? new InPlace(value) : written(value, by),
    ] as const;
  const values = Object.fromEntries(Object.entries(params).map(inPlace));
  const parts = [compile(text, context.locale).format<InPlace>(values)].flat();
  const marked = parts.map((part, at) => (part instanceof InPlace ? `\ue010${at}\ue011` : part)).join('');
  const filled = (step: string, form: (value: InPlace['value']) => string | number) =>
    step.replace(/\ue010(\d+)\ue011/g, (_, at: string) => String(form((parts[Number(at)] as InPlace).value)));
  return fixSteps(marked).map((step) => ({
    text: filled(step.text, (value) => written(value, by)),
    command: step.command && filled(step.command, (value) => [value].flat().map(shellWord).join(' ')),
  }));
}

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

/** Findings carry dates as ISO text. */
function datesOf(params: FindingToSay['params']): Filled {
  const revived = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' && instant.test(value) ? new Date(value) : value,
  ]);
  return Object.fromEntries(revived);
}

/** A value that a check omitted is shown as `…`: at night a card with a gap is better than none. */
function inWords(wording: FindingWording, params: FindingToSay['params'], how: { context: RenderContext; by: Format }) {
  const names = `${wording.title} ${wording.short ?? ''} ${wording.text} ${wording.fix ?? ''}`.matchAll(/\{(\w+)[,}]/g);
  const gaps = Object.fromEntries(Array.from(names, ([, name]) => [name as string, gap]));
  const filled = { ...gaps, ...datesOf(params) };
  const spoken = regionsOf(filled);
  // The fix may be a command, which needs the region as Azure writes it.
  const region = filled['region'] ?? gap;
  return {
    title: fill(wording.title, spoken, how),
    text: fill(wording.text, spoken, how),
    fix: wording.fix === undefined ? null : stepsOf(wording.fix, { ...spoken, region }, how),
    ...(wording.short !== undefined && { short: fill(wording.short, spoken, how) }),
  };
}

/** Findings contain regions in Azure's short form, alone or after the name of what is there. */
function regionsOf(params: Filled): Filled {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, regionIn(name, value)]));
}

function regionIn(name: string, value: Value): Value {
  if (typeof value === 'string') return name === 'region' || name === 'vmRegion' ? regionName(value) : value;
  if (name !== 'others' || !Array.isArray(value)) return value;
  return (value as readonly string[]).map((one) =>
    one.replace(/\((\w+)\)$/, (_, code: string) => `(${regionName(code)})`),
  );
}

/**
 * The same formats, whose times carry their instants. A time that names two zones is meant for both, and stays as it
 * is.
 */
function withInstants(by: Format): Format {
  return {
    ...by,
    dateTime: (at) => withInstant(at, 'both', by.dateTime(at)),
    date: (at) => withInstant(at, 'date', by.date(at)),
    time: (at) => withInstant(at, 'time', by.time(at)),
    said: (at, now) => withInstant(at, 'both', by.said(at, now)),
    dated: (at, now) => withInstant(at, 'both', by.dated(at, now)),
    nearDate: (at, now) => withInstant(at, 'date', by.nearDate(at, now)),
  };
}

/**
 * The words of a context: `say` fills in a text, `finding` and `refusal` put those into words, the rest writes times,
 * sizes and lists. All results are plain text for the fields of `card-data.ts`; nothing is escaped here.
 */
export function words(context: RenderContext): Words {
  const by = context.times === 'instants' ? withInstants(format(context)) : format(context);
  const table = tables[context.locale];
  const say: Words['say'] = (key, ...[params]) => fill(table[key], params ?? {}, { context, by });
  return {
    ...by,
    context,
    say,
    refusal: ({ refused, params }) => fill(table[`refusal.${refused}`], params, { context, by }),
    finding: ({ code, params }) => {
      const unworded = { title: say('finding.unworded', { code }), text: '', fix: null };
      const wording = ownOf(findingTables[context.locale], code);
      if (!wording) return unworded;
      try {
        return inWords(wording, params, { context, by });
      } catch {
        return unworded; // an invalid ICU message: the tests find it, and it mustn't cost the card
      }
    },
  };
}
