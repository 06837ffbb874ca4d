/** Which of a VM's disks its backups include. Pure. */
import type { DiskChoice } from './facts.ts';

/** Whether the backups include a disk; `lun` null: the OS disk, which is always included. */
export function takesDisk(choice: DiskChoice | null, lun: number | null): boolean {
  return choice === null || lun === null || choice.luns.includes(lun) === choice.only;
}

/** Whether two choices are equal, also for disks that are added later; the order of the LUNs doesn't matter. */
export function sameDisks(one: DiskChoice | null, other: DiskChoice | null): boolean {
  if (one === null || other === null) return one === other;
  const [these, those] = [new Set(one.luns), new Set(other.luns)];
  return one.only === other.only && these.size === those.size && [...these].every((lun) => those.has(lun));
}
