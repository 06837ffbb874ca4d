import type { BackupKnown } from './flow.ts';

/**
 * What a typed text answers: a group or `group/name` where several VMs have the name, or a new name where none was
 * found. Null where the question on screen takes no text: what starts something is a button only.
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
