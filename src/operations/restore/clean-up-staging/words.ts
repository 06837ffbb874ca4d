import { shellWord } from '../../../core/shell-word.ts';
import { partStep, type PartWords } from '../../wording/part-words.ts';
import type { CleanUp } from '../../parts/clean-up-staging.ts';

/** The wording of deleting a restore's files. */
export const cleanUpWords: PartWords<CleanUp> = {
  planLines: ({ say }, part) => [
    say(part.ifAny ? 'plan.clean-up-any' : 'plan.clean-up', { account: part.staging.name }),
  ],
  // What the same plan leaves there is nothing that stays.
  effects: ({ say }, parts) =>
    parts
      .filter(({ from }) => from !== null)
      .map(({ staging }) => ({ weight: 'deletes', text: say('effect.clean-up', { account: staging.name }) })),
  ask: ({ say }, parts) =>
    parts.flatMap(({ from, vm }) => (from === null ? [] : [say('ask.clean-up', { vm: vm.name })])),
  command: ({ staging, from }) =>
    `az storage blob delete --auth-mode login --account-name ${shellWord(staging.name)} --container-name ${from ? shellWord(from.staged.container) : '<container>'} --delete-snapshots include --name <blob>`,
  phases: (words, part, state) => [
    partStep(words, state, { phase: 'clean-up', names: { account: part.staging.name } }),
  ],
  doing: ({ say }, part) => say('progress.now-clean-up', { account: part.staging.name }),
  place: () => null,
  links: () => [],
  done: ({ say }, { newVm, vm, drill }) => ({
    mark: 'ok',
    title: drill
      ? say('closing.drill', { vm: vm.name })
      : newVm === null
        ? say('closing.clean-up', { vm: vm.name })
        : say('closing.check-vm', { vm: newVm }),
  }),
  proof: ({ say }, part, { memo }) => [
    {
      kind: 'text',
      text: say('cleaned.deleted', {
        deleted: memo.deleted?.length ?? 0,
        others: memo.others ?? 0,
        account: part.staging.name,
      }),
    },
    ...(part.ifAny && !memo.deleted?.length ? [] : [{ kind: 'text' as const, text: say('cleaned.soft-delete') }]),
  ],
  proofRank: 1,
  left: ({ say }, part, memo) => [
    {
      kind: 'text',
      text: say('cleaned.left', {
        deleted: memo.deleted?.length ?? 0,
        left: memo.left?.length ?? 0,
        account: part.staging.name,
      }),
    },
  ],
  failed: ({ say }, part, cause) => say('failed.clean-up', { vm: part.vm.name, cause }),
  ping: ({ say }, { newVm, vm, drill }) =>
    drill
      ? say('ping.drill', { vm: vm.name })
      : newVm === null
        ? say('ping.clean-up', { vm: vm.name })
        : say('ping.check-vm', { vm: newVm }),
};
