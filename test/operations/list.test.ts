import { describe, expect, test } from '@jest/globals';
import { operations, realWaits } from '../../src/operations/list.ts';
import { partSchema } from '../../src/operations/parts/parts.ts';
import { sharedWaits } from '../../src/operations/ground/waits.ts';
import { operationNames } from '../../src/people/operations.ts';

describe('the list of operations', () => {
  const names: readonly string[] = operations.map(({ name }) => name);

  test('kluis.yaml knows each by its name, and no other', () => {
    expect(names.toSorted()).toEqual([...operationNames].toSorted());
  });

  test('a plan can hold the part of each, under the same name, and no other', () => {
    const parts = partSchema.options.map((part) => part.unwrap().shape.does.value as string);
    expect(parts.toSorted()).toEqual(names.toSorted());
  });

  test('a wait that several operations use has the same length for each', () => {
    const waits = operations.flatMap(({ part }) => Object.entries(part.waits));
    expect(waits).toEqual(waits.map(([name]) => [name, realWaits[name as keyof typeof realWaits]]));
    expect(Object.keys(sharedWaits).filter((name) => waits.some(([own]) => own === name))).toEqual([]);
  });

  test.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s: its first stage and those that only look are stages',
    (_, { part: { runner } }) => {
      expect(Object.keys(runner.stages)).toEqual(expect.arrayContaining([runner.first, ...(runner.readStages ?? [])]));
    },
  );
});
