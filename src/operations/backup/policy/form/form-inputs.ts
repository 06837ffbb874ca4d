/** The inputs of the form. Pure. */
import type { PolicyFacts } from '../../../../azure/gateway.ts';
import { windowsZone } from '../../../../core/windows-zone.ts';
import type { Input } from '../../../../message/card-data.ts';
import type { Words } from '../../../../message/words.ts';
import { fieldsOn, zoneValue, type Field, type FormCard, type PolicyForm } from './form.ts';
import { timesOf } from './read-form.ts';
import { hourSteps, startTimes, windowHours } from './rules.ts';

/** A card of the form: its values, the policy that it changes, and the errors, by field. */
type Shown = {
  readonly card: FormCard;
  readonly form: PolicyForm;
  readonly was: PolicyFacts | null;
  readonly wrong: Readonly<Record<string, string>>;
};
type Choice = { readonly title: string; readonly value: string };
/** `label` undefined: the field's own. */
type Picked = { readonly field: Field; readonly choices: readonly Choice[]; readonly label: string | undefined };

/**
 * The zones in which most of the world's backups are scheduled; the conversation's own and the policy's are always
 * added.
 */
const zones = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Athens',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Africa/Johannesburg',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
];

/** The inputs of a card, in order. */
export function formInputs(words: Words, shown: Shown): Input[] {
  return fieldsOn(shown.card, shown.form, shown.was).map((field) => fieldInput(words, shown, field));
}

function fieldInput(words: Words, shown: Shown, field: Field): Input {
  const { say } = words;
  const text = (placeholder: string) => textInput(words, shown, { field, placeholder });
  const pick = (choices: readonly Choice[], label?: string) => pickInput(words, shown, { field, choices, label });
  switch (field) {
    case 'kind':
      return pick(kinds(words));
    case 'often':
      return pick(oftens(words, shown));
    case 'time':
      return pick(times(shown), timeLabel(words, shown));
    case 'window':
      return pick(windows(words, shown));
    case 'zone':
      return pick(zoneChoices(words, shown));
    case 'name':
    case 'days':
    case 'snapshots':
      return text(say(`policy-hint.${field}`));
    default:
      return text(say('policy-hint.none'));
  }
}

function textInput({ say }: Words, { form, wrong }: Shown, of: { field: Field; placeholder: string }): Input {
  const { field, placeholder } = of;
  return {
    kind: 'text',
    id: field,
    label: say(`policy-field.${field}`),
    value: form[field],
    error: wrong[field],
    placeholder,
    // The only answer without a default.
    ...(field === 'name' && { required: say('policy-wrong.name') }),
    maxLength: 200,
  };
}

/** A value that isn't a choice would make the list look empty and filled at once; it is left open instead. */
function pickInput({ say }: Words, { form, wrong }: Shown, of: Picked): Input {
  const { field, choices, label } = of;
  const value = choices.find((choice) => choice.value === form[field])?.value;
  return {
    kind: 'pick',
    id: field,
    label: label ?? say(`policy-field.${field}`),
    choices: [...choices],
    value,
    error: wrong[field],
  };
}

/** With the zone in which it is meant, which was chosen on the card before. */
function timeLabel({ say }: Words, { form, was }: Shown): string {
  const zone = form.zone ?? (was ? zoneValue(was.timeZone) : undefined);
  return zone === undefined ? say('policy-field.time') : `${say('policy-field.time')} (${zone})`;
}

function kinds({ say }: Words): Choice[] {
  return [
    { title: say('policy-kind.standard'), value: 'Standard' },
    { title: say('policy-kind.enhanced'), value: 'Enhanced' },
  ];
}

function oftens({ say }: Words, { was }: Shown): Choice[] {
  const hourly = was?.kind === 'Standard' ? [] : hourSteps;
  return [
    { title: say('policy-often.daily'), value: 'daily' },
    { title: say('policy-often.weekly'), value: 'weekly' },
    ...hourly.map((hours) => ({ title: say('policy-often.hourly', { hours }), value: `hourly-${hours}` })),
  ];
}

function times({ was }: Shown): Choice[] {
  const standing = was ? timesOf(was.schedule) : [];
  return [...new Set([...startTimes, ...standing])].sort().map((time) => ({ title: time, value: time }));
}

function windows({ say }: Words, { was }: Shown): Choice[] {
  const standing = was?.schedule.frequency === 'Hourly' ? [was.schedule.windowHours] : [];
  const hours = [...new Set([...windowHours, ...standing])].sort((one, other) => one - other);
  return hours.map((count) => ({ title: say('policy-window.hours', { hours: count }), value: String(count) }));
}

/** Of two names for the same clock, the conversation's own and the policy's come first. */
function zoneChoices({ context }: Words, { form, was }: Shown): Choice[] {
  const own = [form.zone, was ? zoneValue(was.timeZone) : undefined, context.timeZone];
  const known = new Map<string, string>();
  for (const zone of [...own, ...zones]) {
    const windowsName = zone === undefined ? null : (windowsZone(zone) ?? (was && zone === was.timeZone ? zone : null));
    if (zone !== undefined && windowsName !== null && !known.has(windowsName)) known.set(windowsName, zone);
  }
  return [...known].map(([windowsName, zone]) => ({
    title: zone === windowsName ? zone : `${zone} (${windowsName})`,
    value: zone,
  }));
}
