/** The requester is told what differs from what was approved, whichever field of whichever part it is. */
import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { Json } from '../../src/core/json.ts';
import { words } from '../../src/message/words.ts';
import { changesBetween } from '../../src/operations/cards/changes/plan-changes.ts';
import { partSchema, type Part } from '../../src/operations/parts/parts.ts';
import type { Plan } from '../../src/operations/parts/plan.ts';

const now = new Date('2026-11-24T03:00:00Z');
const said = (locale: 'en' | 'nl') => ({ words: words({ locale, timeZone: 'UTC', simulated: false }), now });

type Def = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly Json[];
};

/** One of two values that a field can have; undefined: it is absent. `key`: what the field is called. */
function sample(schema: z.ZodType, key: string, one: 0 | 1): unknown {
  const def = schema.def as unknown as Def;
  const inner = (other: z.ZodType | undefined) => sample(other as z.ZodType, key, one);
  switch (def.type) {
    case 'string':
      return textOf(key, one);
    case 'number':
      return (one + 2) * 86_400_000;
    case 'boolean':
      return one === 0;
    case 'enum':
      return Object.values(def.entries ?? {})[one];
    case 'literal':
      return def.values?.[0];
    case 'optional':
      return isSingle(def.innerType as z.ZodType) && one === 1 ? undefined : inner(def.innerType);
    case 'nullable':
    case 'readonly':
    case 'default':
      return inner(def.innerType);
    case 'array':
      return [inner(def.element)];
    case 'record':
      return { env: inner(def.valueType) };
    case 'union':
      return inner(def.options?.[one]);
    case 'object':
      return Object.fromEntries(Object.entries(def.shape ?? {}).map(([name, of]) => [name, sample(of, name, one)]));
    case 'lazy':
      return { said: one };
    default:
      throw new Error(`no sample for a ${def.type}`);
  }
}

/** Whether a schema has one value alone, so that only its absence is another. */
const isSingle = ({ def }: z.ZodType): boolean => (def as unknown as Def).type === 'literal';

function textOf(key: string, one: 0 | 1): string {
  if (key === 'time' || key === 'until') return `2026-11-2${one}T02:00:00Z`;
  if (key === 'times' || key === 'windowStart') return `0${one}:00`;
  if (key === 'timeZone') return ['UTC', 'W. Europe Standard Time'][one] as string;
  if (key === 'keksInReach') return `https://kv.vault.azure.net/keys/kek/${one}`;
  return `/subscriptions/s/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/${key}-${one}`;
}

const kinds = partSchema.options.map((option) => option.unwrap().shape);
const own = ['id', 'after', 'runs', 'does'];
const fields = kinds.flatMap((shape) =>
  Object.keys(shape)
    .filter((field) => !own.includes(field))
    .map((field) => [shape.does.value as string, field] as const),
);

const partOf = (does: string, over: object = {}): Part => {
  const shape = kinds.find((one) => one.does.value === does) as Readonly<Record<string, z.ZodType>>;
  const whole = Object.entries(shape).map(([name, of]) => [name, sample(of, name, 0)] as const);
  return { ...Object.fromEntries(whole), id: does, after: [], runs: undefined, does, ...over } as unknown as Part;
};
const planOf = (...parts: Part[]): Plan => ({ version: 3, vms: [{ id: '/vm', name: 'vm' }], parts });

describe('differences from what was approved', () => {
  test('every kind of part is covered', () => {
    expect(new Set(fields.map(([does]) => does)).size).toBe(partSchema.options.length);
  });

  test.each(fields)('%s: another value of %s is reported', (does, field) => {
    const shape = kinds.find((one) => one.does.value === does) as Readonly<Record<string, z.ZodType>>;
    const other = { [field]: sample(shape[field] as z.ZodType, field, 1) };
    const [before, after] = [planOf(partOf(does)), planOf(partOf(does, other))];
    expect(JSON.stringify(before)).not.toBe(JSON.stringify(after));
    for (const locale of ['en', 'nl'] as const) {
      const { words: spoken } = said(locale);
      const changes = changesBetween(said(locale), before, after);
      expect(changes).not.toEqual([]);
      expect(changes).not.toContain(spoken.say('request.changed-form'));
      for (const change of changes) expect(change).toMatch(/^[−+] .|^[^:]+: .* → ./s);
    }
  });

  test('a field that no sentence of the plan has, beside one that a sentence has', () => {
    const before = partOf('restore-vm', { guardRequest: null, name: 'vm-a' });
    const after = partOf('restore-vm', { guardRequest: '/guards/g/requests/default', name: 'vm-b' });
    const changes = changesBetween(said('en'), planOf(before), planOf(after));
    expect(changes).toContain('Resource Guard request: none → default');
    expect(changes.some((line) => line.startsWith('+ ') && line.includes('vm-b'))).toBe(true);
    expect(changes.some((line) => line.startsWith('New VM'))).toBe(false);
  });

  test('the same name at another address, and what one list has alone', () => {
    const vm = { id: '/a/vm', name: 'vm', os: null, tags: { env: 'test' } };
    const changed = { staging: { id: '/b/st', name: 'st' }, vm: { ...vm, tags: { env: 'prod' } } };
    const before = partOf('replace-disks', { staging: { id: '/a/st', name: 'st' }, vm, disks: ['/d/one', '/d/two'] });
    const after = partOf('replace-disks', { ...changed, disks: ['/d/two', '/d/three'] });
    expect(changesBetween(said('en'), planOf(before), planOf(after))).toEqual(
      expect.arrayContaining(['Staging account: "/a/st" → "/b/st"', 'VM: env test → prod']),
    );
  });

  test('an extra step that reads like another, another order, and other VMs', () => {
    const [one, two] = [partOf('check-vm'), partOf('check-vm', { id: 'again', after: ['check-vm'] })];
    expect(changesBetween(said('en'), planOf(one), planOf(one, two))).toEqual([
      expect.stringMatching(/^Order of the steps: none → /),
    ]);
    const other: Plan = { ...planOf(one), vms: [{ id: '/vm2', name: 'vm2' }] };
    expect(changesBetween(said('en'), planOf(one), other)).toEqual(['VMs: vm → vm2']);
  });

  test('a plan approved in the format of an earlier release says so', () => {
    const plan = planOf(partOf('undelete'));
    expect(changesBetween(said('en'), plan, plan)).toEqual([said('en').words.say('request.changed-form')]);
  });
});
