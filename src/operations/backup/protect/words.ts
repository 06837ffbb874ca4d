import { armId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { nextFacts } from '../../wording/protection-lines.ts';
import { markOf, noteOf, phaseStep, vmsOf, type PartWords } from '../../wording/part-words.ts';
import type { DiskChoice } from '../../../azure/gateway.ts';
import type { Words } from '../../../message/words.ts';
import type { Protect, ProtectPart } from '../../parts/protect.ts';

/** The wording of enabling protection. */
export const protectWords: PartWords<Protect> = {
  planLines: ({ say }, part) => [
    ...(part.changes
      ? []
      : [say('plan.protect', { vm: part.vm.name, vault: part.vaultName, policy: part.policyName })]),
    ...disksLines({ say }, part, 'plan'),
  ],
  effects: (words, parts) => {
    const places = Map.groupBy(
      parts.filter(({ changes }) => !changes),
      ({ vaultName, policyName }) => JSON.stringify([vaultName, policyName]),
    );
    return [
      ...[...places.values()].flatMap((all) =>
        all.slice(0, 1).map(({ vaultName: vault, policyName: policy }) => {
          return words.say('effect.protect', { vms: vmsOf(words, all), vault, policy });
        }),
      ),
      ...parts.flatMap((part) => disksLines(words, part, 'plan')),
    ].map((text) => ({ weight: 'changes', text }));
  },
  ask: (words, parts) => {
    const isNew = parts.some(({ changes }) => !changes);
    return [words.say(isNew ? 'ask.protect' : 'ask.disks', { vms: vmsOf(words, parts) })];
  },
  command: (part) => {
    const { ref, vm, policyName, changes, disks } = part;
    if (changes) return updateCommand(part, disks ? listOf(disks) : reset);
    const whole = `az backup protection enable-for-vm ${where(ref)} --vm ${shellWord(vm.id)} --policy-name ${shellWord(policyName)}`;
    return disks ? `${whole} ${listOf(disks)}` : whole;
  },
  undo: (part) =>
    part.changes ? updateCommand(part, part.changes.choice ? listOf(part.changes.choice) : reset) : undefined,
  phases: (words, { changes }, state) => [
    phaseStep(words, markOf(state), {
      phase: changes ? 'disks' : 'protect',
      note: noteOf(words, state, state.memo.tries),
    }),
  ],
  doing: ({ say }, part) => say(part.changes ? 'progress.now-disks' : 'progress.now-protect', { vm: part.vm.name }),
  place: (part) => part.vaultName,
  leavesVm: true,
  links: () => [],
  done: (words, part) => {
    const vm = part.vm.name;
    if (part.changes) return { mark: 'ok', title: words.say('closing.disks', { vm }) };
    return { mark: 'ok', title: words.say('closing.protected', { vm }) };
  },
  proof: (words, part, { outcome: { protection }, alone, done, now }) => {
    const { say } = words;
    const disks = disksLines(words, part, 'value').map((value) => ({ title: say('fact.data-disks'), value }));
    const next = done.has('back-up-now') ? [] : nextFacts(words, protection, now);
    const policy = next.length > 0 ? [] : [{ title: say('closing.policy'), value: part.policyName }];
    const place = alone ? [{ title: say('closing.where'), value: part.vaultName }, ...policy] : [];
    const facts = [...place, ...next, ...disks];
    return facts.length > 0 ? [{ kind: 'facts', facts }] : [];
  },
  failed: ({ say }, part, cause) => {
    const key = part.changes ? 'failed.disks' : 'failed.protect';
    return say(key, { vm: part.vm.name, cause });
  },
  ping: ({ say }, part) => say(part.changes ? 'ping.disks' : 'ping.protected', { vm: part.vm.name }),
};

const reset = '--disk-list-setting resetexclusionsettings';

function where({ vaultId }: ProtectPart['ref']): string {
  const vault = armId(vaultId);
  return `--resource-group ${shellWord(vault.resourceGroup)} --vault-name ${shellWord(vault.name)}`;
}

function updateCommand({ ref }: ProtectPart, setting: string): string {
  const item = `--container-name ${shellWord(ref.container)} --item-name ${shellWord(ref.item)}`;
  return `az backup protection update-for-vm ${where(ref)} ${item} ${setting}`;
}

/** The Azure CLI has a separate word for "only the OS disk". */
function listOf({ luns, only }: DiskChoice): string {
  if (only && luns.length === 0) return '--exclude-all-data-disks true';
  return `--disk-list-setting ${only ? 'include' : 'exclude'} --diskslist ${luns.join(' ')}`;
}

/** Which disks are backed up, if that was chosen: as an action, or as a state. */
function disksLines({ say }: Pick<Words, 'say'>, part: ProtectPart, as: 'plan' | 'value'): string[] {
  const { vm, disks, changes } = part;
  if (!disks) return changes ? [say(`${as}.disks-all`, { vm: vm.name })] : [];
  if (!disks.only) return [say(`${as}.disks-out`, { vm: vm.name, disks: disks.names })];
  if (disks.names.length === 0) return [say(`${as}.disks-none`, { vm: vm.name })];
  return [say(`${as}.disks-only`, { vm: vm.name, disks: disks.names })];
}
