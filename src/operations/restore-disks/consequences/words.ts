import { regionName } from '../../../message/region-names.ts';
import type { Words } from '../../../message/words.ts';
import type { Cost, Told } from '../../plan.ts';
import { readersLine, readersSection, type Into } from './readers-words.ts';

/** What whoever decides on a restore is told beside what it does: who can read the disks, and what they cost. */
export function restoreConsequences(words: Words, part: Into, told: Told) {
  const { names, cost } = told;
  return {
    lines: [
      ...coresLine(words, told),
      ...beyondAdeLine(words, told),
      ...readersLine(words, part, told),
      ...costLine(words, cost),
    ],
    more: readersSection(words, part, names),
  };
}

/** That a quota has no room for the new VM, or that this is not known. */
function coresLine({ say }: Words, { cores }: Told): string[] {
  if (!cores) return [];
  const { size, short } = cores;
  const region = regionName(cores.region);
  if (!short || size === null) return [say('cores.unknown', { region })];
  return [say('cores.short', { ...short, size, region })];
}

/** That Azure does not put the encryption settings of so much back, and who does. */
function beyondAdeLine({ say }: Words, { beyondAde }: Told): string[] {
  if (!beyondAde) return [];
  const { newVm, ...sum } = beyondAde;
  return [newVm === null ? say('beyond-ade.disks', sum) : say('beyond-ade.vm', { ...sum, vm: newVm })];
}

/** What it roughly costs to keep the disks; none where that is not known. */
function costLine({ say, money }: Words, cost: Cost | null): string[] {
  if (cost === null) return [];
  const { currency } = cost;
  const disks = money(cost.disks, currency);
  if (cost.staging === null) return [say('cost.disks', { disks })];
  return [say('cost.disks-and-staging', { disks, staging: money(cost.staging, currency) })];
}
