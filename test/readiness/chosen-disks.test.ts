import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sameDisks, takesDisk } from '../../src/azure/disk-choice.ts';
import { choiceOf, dataDisks, isChoiceOf, type ChosenDisks, type DataDisk } from '../../src/readiness/chosen-disks.ts';

const lun = fc.integer({ min: 0, max: 63 });
const disks = fc
  .uniqueArray(lun, { maxLength: 12 })
  .map((luns) => luns.map((at): DataDisk => ({ lun: at, name: `data-${at}` })));

/** Any choice among some disks. */
const chosen = fc.tuple(disks, fc.infiniteStream(fc.boolean()), fc.boolean()).map(([all, coins, only]): ChosenDisks => {
  const isOut = all.map(() => coins.next().value === true);
  return { out: all.filter((_, at) => isOut[at]), taken: all.filter((_, at) => !isOut[at]), only };
});

describe('a choice of disks', () => {
  test('the setting sent to Azure includes exactly the chosen disks, now and among later ones', () => {
    fc.assert(
      fc.property(chosen, lun, (choice, later) => {
        const told = choiceOf(choice);
        for (const disk of choice.out) expect(takesDisk(told, disk.lun)).toBe(false);
        for (const disk of choice.taken) expect(takesDisk(told, disk.lun)).toBe(true);
        fc.pre(![...choice.out, ...choice.taken].some((disk) => disk.lun === later));
        expect(takesDisk(told, later)).toBe(!choice.only);
      }),
    );
  });

  test('the OS disk is always included', () => {
    fc.assert(fc.property(chosen, (choice) => takesDisk(choiceOf(choice), null)));
  });

  test('two choices are equal exactly if they agree on every present and future disk', () => {
    fc.assert(
      fc.property(chosen, chosen, (one, other) => {
        const [these, those] = [choiceOf(one), choiceOf(other)];
        const all = Array.from({ length: 65 }, (_, at) => at);
        expect(sameDisks(these, those)).toBe(all.every((at) => takesDisk(these, at) === takesDisk(those, at)));
      }),
    );
  });

  test('it applies to the disks that it was made from, in any order and case, and to no others', () => {
    fc.assert(
      fc.property(chosen, disks, (choice, others) => {
        const all = [...choice.out, ...choice.taken];
        const alike = all.toReversed().map((disk) => ({ ...disk, name: disk.name.toUpperCase() }));
        expect(isChoiceOf(choice, alike)).toBe(true);
        const luns = (list: readonly DataDisk[]) => list.map((disk) => disk.lun).toSorted((a, b) => a - b);
        expect(isChoiceOf(choice, others)).toBe(luns(all).join() === luns(others).join());
        fc.pre(all.length > 0);
        expect(isChoiceOf(choice, all.slice(1))).toBe(false);
        expect(isChoiceOf(choice, [{ ...(all[0] as DataDisk), name: 'other' }, ...all.slice(1)])).toBe(false);
      }),
    );
  });

  test('a data disk with an unknown LUN leaves nothing to choose', () => {
    const os = { role: 'os' as const, name: 'os', lun: null };
    const data = { role: 'data' as const, name: 'data', lun: 3 };
    expect(dataDisks([os, data])).toEqual([{ lun: 3, name: 'data' }]);
    expect(dataDisks([os, data, { ...data, lun: null }])).toEqual([]);
  });
});
