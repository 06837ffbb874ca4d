import { armId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { jobsLink } from '../../../message/portal-link.ts';
import { readersSection } from '../restore-disks/consequences/readers-words.ts';
import { restoreEffects } from '../restore-disks/consequences/words.ts';
import { restoreCommand } from '../restore-disks/runner/command.ts';
import { pointNotes, restoreLeft, restorePhase } from '../restore-disks/words.ts';
import { askNewVm, newVmEffects } from '../create-vm/words.ts';
import { subnetText } from '../../parts/create-vm.ts';
import type { PartWords } from '../../wording/part-words.ts';
import type { RestoreVm, RestoreVmPart } from '../../parts/restore-vm.ts';

/** The wording of having Azure Backup create a VM. */
export const restoreVmWords: PartWords<RestoreVm> = {
  planLines: (words, part) => [
    words.say('plan.restore-vm', {
      vm: part.vm.name,
      name: part.name,
      point: words.dateTime(new Date(part.point.time)),
      group: part.targetGroup.name,
      subnet: subnetText(part),
    }),
  ],
  planNotes: pointNotes,
  command: commandOf,
  effects: (words, parts, around) => [
    ...parts.flatMap((part) => newVmEffects(words, part)),
    ...restoreEffects(words, parts, around),
  ],
  ask: askNewVm,
  inFull: (words, part, told) => readersSection(words, part, told.names),
  phases: (words, part, state) => [restorePhase(words, state, { phase: 'create-vm', names: { vm: part.name } })],
  doing: ({ say }, part) => say('progress.now-create-vm', { vm: part.name }),
  place: (part) => part.vaultName,
  links: ({ say }, part, { memo }) => (memo.jobId ? [jobsLink(say('link.job'), part.ref.vaultId)] : []),
  done: ({ say }, part) => ({ mark: 'ok', title: say('closing.create-vm', { vm: part.name }) }),
  proof: (words, part, { now }) => [
    {
      kind: 'facts',
      facts: [
        { title: words.say('closing.point'), value: words.dated(new Date(part.point.time), now) },
        { title: words.say('created.vm'), value: `${part.name} · ${part.targetGroup.name}` },
        { title: words.say('created.network'), value: subnetText(part) },
      ],
    },
  ],
  left: restoreLeft,
  retry: (part) => `backup restore ${part.vm.id}`,
  again: (part) => `backup restore ${part.vm.id}`,
  failed: ({ say }, part, cause) => say('failed.create-vm', { vm: part.name, cause }),
  ping: ({ say }, part) => say('ping.create-vm', { vm: part.name }),
};

function commandOf(part: RestoreVmPart): string {
  const { targetGroup, name, subnet } = part;
  const to = `--restore-mode AlternateLocation --target-vm-name ${shellWord(name)} --target-resource-group ${shellWord(targetGroup.name)}`;
  const place = `--target-vnet-name ${shellWord(subnet.network)} --target-vnet-resource-group ${shellWord(armId(subnet.id).resourceGroup)}`;
  const network = `${place} --target-subnet-name ${shellWord(subnet.name)}`;
  return restoreCommand(part, `${to} ${network}`);
}
