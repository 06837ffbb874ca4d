import { shellWord } from '../../../core/shell-word.ts';
import { partStep, type PartWords } from '../../wording/part-words.ts';
import type { PointDisks } from '../../parts/point-disks-to-keys.ts';

/** The wording of pointing disks to their keys. */
export const pointWords: PartWords<PointDisks> = {
  planLines: ({ say }) => [say('plan.point-disks-to-keys')],
  // It only changes what the same plan creates.
  effects: () => [],
  command: ({ targetGroup }) =>
    `az disk update --resource-group ${shellWord(targetGroup.name)} --name <disk> --set encryptionSettingsCollection.encryptionSettings[0].diskEncryptionKey.secretUrl=<address of the new version>`,
  phases: (words, _part, state) => [partStep(words, state, { phase: 'point-disks-to-keys' })],
  doing: ({ say }, part) => say('progress.now-point', { vm: part.vm.name }),
  place: (part) => part.vaultName,
  links: () => [],
  done: ({ say }, part) => ({ mark: 'ok', title: say('closing.disks-with-keys', { vm: part.vm.name }) }),
  proof: (words, _part, { memo: { written = [] } }) =>
    written.length === 0
      ? []
      : [
          {
            kind: 'facts',
            facts: [{ title: words.say('keys.pointed'), value: String(written.length) }],
          },
        ],
  again: (part) => `backup restore ${part.vm.id}`,
  failed: ({ say }, part, cause) => say('failed.point', { vm: part.vm.name, cause }),
  ping: ({ say }, part) => say('ping.point', { vm: part.vm.name }),
};
