/** The differences between the approved plan and the one that there would be now, one line each. Pure. */
import { toJson, type Json } from '../../../core/json.ts';
import { clean, shorten } from '../../../message/escape.ts';
import type { Block } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import type { PartBase } from '../../ground/part.ts';
import type { Part } from '../../parts/parts.ts';
import type { Plan } from '../../parts/plan.ts';
import { wordsOfPart } from '../operation-drawing.ts';
import { planText } from '../plan-words.ts';
import { changeText, isSame } from './value-change.ts';

type FieldOf<P> = P extends Part ? Exclude<keyof P, keyof PartBase> : never;
/** Every field that a part of any kind has; `field.<name>` is its name for people. */
type Field = FieldOf<Part>;

/** The words in which both are described. */
type Said = { readonly words: Words; readonly now: Date };

const [maxChanges, maxChange] = [40, 300];

/**
 * What reads differently in the plan, removed lines with a minus and new ones with a plus; and for fields that the plan
 * doesn't put into words, their old and new values. `before` null: this release can't read it.
 */
export function changesBetween(said: Said, before: Plan | null, after: Plan): readonly string[] {
  const [was, is] = [before ? saidOf(said, before) : [], saidOf(said, after)];
  const gone = was.filter((line) => !is.includes(line)).map((line) => `− ${line}`);
  const added = is.filter((line) => !was.includes(line)).map((line) => `+ ${line}`);
  const told = [...gone, ...added, ...(before ? unworded(said, before, after) : [])];
  const all = told.length > 0 || !before ? told : structure(said, before, after);
  const changes = [...new Set(all.map((line) => shorten(clean(line), maxChange)))];
  if (changes.length > maxChanges) return [...changes.slice(0, maxChanges), '…'];
  return changes.length > 0 ? changes : [said.words.say('request.changed-form')];
}

/** A plan's whole description; for a part without one, its command. */
function saidOf({ words, now }: Said, plan: Plan): readonly string[] {
  const { effects, more } = planText(words, plan, now);
  const lines = plan.parts.flatMap((part) => {
    const own = wordsOfPart(part).planLines(words, part, now);
    const how = wordsOfPart(part).planNotes?.(words, part) ?? [];
    return [...(own.length > 0 ? own : [wordsOfPart(part).command(part, now)]), ...how];
  });
  // The others say again what the steps do.
  const others = effects.filter(({ weight }) => ['reads', 'costs', 'doubts'].includes(weight));
  return [...lines, ...others.map(({ text }) => text), ...more.flatMap(({ body }) => body).flatMap(textsOf)];
}

function textsOf(block: Block): readonly string[] {
  if (block.kind === 'text') return [block.text];
  return block.kind === 'list' ? block.items.map(({ text, note }) => [text, note].filter(Boolean).join(': ')) : [];
}

/** The fields of the same parts that differ although the words don't. */
function unworded(said: Said, before: Plan, after: Plan): string[] {
  const text = (part: Part) => saidOf(said, { ...before, parts: [part] }).join('\n');
  return after.parts.flatMap((part) => {
    const was = before.parts.find(({ id, does }) => id === part.id && does === part.does);
    return (was ? differing(was, part) : []).flatMap(({ field, from, to }) => {
      const isWorded = text({ ...was, [field]: part[field as keyof Part] } as Part) !== text(was as Part);
      return isWorded ? [] : [changeText(said.words, said.words.say(`field.${field}`), { from, to })];
    });
  });
}

type Differing = { readonly field: Field; readonly from: Json; readonly to: Json };

function differing(before: Part, after: Part): Differing[] {
  const [was, is] = [toJson(before), toJson(after)] as readonly Readonly<Record<string, Json>>[];
  const fields = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])] as (Field | keyof PartBase)[];
  return fields.flatMap((field) => {
    const [from, to] = [was?.[field] ?? null, is?.[field] ?? null];
    const isOfPlan = field === 'id' || field === 'after' || field === 'runs' || field === 'does';
    return isOfPlan || isSame(from, to) ? [] : [{ field, from, to }];
  });
}

/** What isn't in a single part: the plan's VMs, who was left out, and which step follows which. */
function structure(said: Said, before: Plan, after: Plan): string[] {
  const { say } = said.words;
  const stepsOf = ({ parts }: Plan) =>
    parts.map(({ id, after: first, runs }) => [id, ...first, ...(runs ? [runs] : [])]);
  const all = [
    { title: say('field.vms'), from: before.vms, to: after.vms },
    { title: say('field.leftOut'), from: before.leftOut ?? [], to: after.leftOut ?? [] },
    { title: say('field.steps'), from: stepsOf(before), to: stepsOf(after) },
  ].map((one) => ({ ...one, from: toJson(one.from), to: toJson(one.to) }));
  return all
    .filter(({ from, to }) => !isSame(from, to))
    .map(({ title, from, to }) => changeText(said.words, title, { from, to }));
}
