import type { Block } from '../../message/card-data.ts';
import { markOf, noteOf, partStep, type PartWords } from '../cards/part-words.ts';
import type { PushAdeExtension, PushPart } from './plan.ts';

/** The wording of pushing the Azure Disk Encryption extension. */
export const pushWords: PartWords<PushAdeExtension> = {
  planLines: ({ say }, part) => [say('plan.push-ade', { vm: part.name })],
  planNotes: ({ say }) => [say('plan.push-ade-all'), say('ade.ends')],
  command: commandOf,
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
  left: ({ say }, part): Block[] => [
    { kind: 'text', text: say('pushed.left', { vm: part.name, command: commandOf(part) }) },
    { kind: 'text', text: say('checked.stays', { vm: part.name, group: part.targetGroup.name }) },
  ],
  failed: ({ say }, part, cause) => say('failed.push-ade', { vm: part.name, cause }),
  ping: ({ say }, part) => say('ping.push-ade', { vm: part.name }),
};

/** The key vault and the KEK are those that the restored disks name. */
function commandOf({ targetGroup, name }: PushPart): string {
  return `az vm encryption enable --resource-group ${targetGroup.name} --name ${name} --disk-encryption-keyvault <id of the key vault> --key-encryption-key <address of the KEK> --key-encryption-keyvault <id of its key vault> --volume-type ALL`;
}
