import { shellWord } from '../../../core/shell-word.ts';
import type { Block } from '../../../message/card-data.ts';
import { markOf, noteOf, partStep, type PartWords } from '../../wording/part-words.ts';
import type { Words } from '../../../message/words.ts';
import type { PushAdeExtension, PushPart } from '../../parts/push-ade-extension.ts';

/** The wording of pushing the Azure Disk Encryption extension. */
export const pushWords: PartWords<PushAdeExtension> = {
  planLines: ({ say }, part) => [say('plan.push-ade', { vm: part.name })],
  planNotes: ({ say }) => [say('plan.push-ade-all'), say('ade.ends')],
  effects: ({ say }) => [{ weight: 'changes', text: say('effect.encrypts') }],
  command: (part) => commandOf(part),
  phases: (words, part, state) => [
    state.memo.spared
      ? {
          state: markOf(state),
          text: words.say(state.memo.spared === 'entra-app' ? 'phase.push-ade-person' : 'phase.push-ade-spared', {
            vm: part.name,
          }),
          note: noteOf(words, state),
        }
      : partStep(words, state, { phase: 'push-ade', names: { vm: part.name } }),
  ],
  doing: ({ say }, part) => say('progress.now-push-ade', { vm: part.name }),
  place: () => null,
  links: () => [],
  done: ({ say }, part) => ({ mark: 'ok', title: say('closing.push-ade', { vm: part.name }) }),
  proof: ({ say }, _part, { memo: { spared } }) => {
    if (spared === 'no-keys' || spared === 'entra-app') return [];
    const value = spared ? say('pushed.spared') : say('pushed.done');
    return [
      { kind: 'facts', facts: [{ title: say('pushed.ade'), value }] },
      { kind: 'text', text: say('ade.ends') },
    ];
  },
  todo: sparedTodo,
  left: ({ say }, part): Block[] => [
    { kind: 'text', text: say('pushed.left', { vm: part.name, command: commandOf(part) }) },
    { kind: 'text', text: say('checked.stays', { vm: part.name, group: part.targetGroup.name }) },
  ],
  failed: ({ say }, part, cause) => say('failed.push-ade', { vm: part.name, cause }),
  ping: ({ say }, part) => say('ping.push-ade', { vm: part.name }),
};

/** On Windows, Kluis doesn't push it: a person may. */
function sparedTodo({ say }: Words, part: PushPart, { spared, keys }: PushAdeExtension['memo']): Block[] {
  if (spared !== 'few-disks') return [];
  return [
    { kind: 'text', text: say('pushed.offer', { vm: part.name }) },
    { kind: 'code', lines: [commandOf(part, keys)] },
  ];
}

/** The key vault and the KEK are those that the restored disks name. */
function commandOf({ targetGroup, name }: PushPart, known: PushAdeExtension['memo']['keys'] = undefined): string {
  const on = `az vm encryption enable --resource-group ${shellWord(targetGroup.name)} --name ${shellWord(name)}`;
  const { url, vaultId } = known?.kek
    ? { url: shellWord(known.kek.url), vaultId: shellWord(known.kek.vaultId) }
    : { url: '<address of the KEK>', vaultId: '<id of its key vault>' };
  const kek = known && !known.kek ? '' : ` --key-encryption-key ${url} --key-encryption-keyvault ${vaultId}`;
  const keyVault = known ? shellWord(known.keyVaultId) : '<id of the key vault>';
  return `${on} --disk-encryption-keyvault ${keyVault}${kek} --volume-type ALL`;
}
