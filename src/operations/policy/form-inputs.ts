/** The inputs of the form. Pure. */
import type { PolicyFacts } from '../../azure/gateway.ts';
import { windowsZone } from '../../core/windows-zone.ts';
import type { Input } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import { zoneValue, type Field, type PolicyForm } from './form.ts';
import { timesOf } from './read-form.ts';
import { hourSteps, startTimes, windowHours } from './rules.ts';

type Shown = { readonly form: PolicyForm; readonly was: PolicyFacts | null };
type Choice = { readonly title: string; readonly value: string };

/**
 * Zones in which most backups of the world are scheduled; the conversation's own and the policy's are always among
 * them.
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

/** What is asked for, in the order of the form; a policy that stands keeps its name and its kind. */
export function formInputs(words: Words, shown: Shown): Input[] {
  const { say } = words;
  const text = (field: Field, placeholder: string) => textInput(words, shown, { field, placeholder });
  const pick = (field: Field, choices: readonly Choice[]) => pickInput(words, shown, { field, choices });
  const none = say('policy-hint.none');
  return [
    ...(shown.was ? [] : [text('name', say('policy-hint.name')), pick('kind', kinds(words))]),
    pick('often', oftens(words, shown)),
    text('days', say('policy-hint.days')),
    pick('time', times(shown)),
    ...(shown.was?.kind === 'Standard' ? [] : [pick('window', windows(words, shown))]),
    pick('zone', zoneChoices(words, shown)),
    text('daily', none),
    text('weekly', none),
    text('monthly', none),
    text('yearly', none),
    text('snapshots', say('policy-hint.snapshots')),
  ];
}

function textInput({ say }: Words, { form }: Shown, of: { field: Field; placeholder: string }): Input {
  const { field, placeholder } = of;
  return {
    kind: 'text',
    id: field,
    label: say(`policy-field.${field}`),
    value: form[field],
    placeholder,
    // The one answer that has no default.
    ...(field === 'name' && { required: say('policy-wrong.name') }),
    maxLength: 200,
  };
}

/** A value that is no choice would make the list look empty and filled at once; it is left open instead. */
function pickInput({ say }: Words, { form }: Shown, of: { field: Field; choices: readonly Choice[] }): Input {
  const { field, choices } = of;
  const value = choices.find((choice) => choice.value === form[field])?.value;
  return { kind: 'pick', id: field, label: say(`policy-field.${field}`), choices: [...choices], value };
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
