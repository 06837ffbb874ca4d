import type { BackupKnown } from './known.ts';

/**
 * What a typed text answers: a group or `group/name` if several VMs have the name, or a new name if none was found.
 * Null if the question on screen doesn't accept text: only a button starts something.
 */
export function typedChoice(
  text: string,
  known: Partial<BackupKnown>,
  next: string | null,
): Readonly<Record<string, unknown>> | null {
  if (next !== 'vm' || !known.candidates || !known.asked) return null;
  const given = text.trim().toLowerCase();
  const match = known.candidates.vms.find(
    (vm) => given === vm.resourceGroup.toLowerCase() || given === `${vm.resourceGroup}/${vm.name}`.toLowerCase(),
  );
  if (match) return { vm: match.id };
  const { wish, keepDays } = known.asked;
  return /^\S{1,200}$/.test(text.trim()) ? { asked: { text: text.trim(), wish, keepDays } } : null;
}
