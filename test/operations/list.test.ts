import { describe, expect, test } from '@jest/globals';
import { operations } from '../../src/operations/list.ts';
import { partSchema } from '../../src/operations/parts.ts';
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

  test.each(operations.map((operation) => [operation.name, operation] as const))(
    '%s: its first stage and those that only look are stages',
    (_, { part: { runner } }) => {
      expect(Object.keys(runner.stages)).toEqual(expect.arrayContaining([runner.first, ...(runner.looking ?? [])]));
    },
  );
});
