import { parseArmId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import type { Block, Button } from '../../../message/card-data.ts';
import type { Words } from '../../../message/words.ts';
import { partStep, type PartWords } from '../../wording/part-words.ts';
import type { PartState } from '../../ground/part.ts';
import type { DeleteDrill, DeleteDrillPart } from '../../parts/delete-drill.ts';

/** The wording of deleting what a drill created. */
export const deleteDrillWords: PartWords<DeleteDrill> = {
  planLines: (words, part) => [
    part.left
      ? words.say('plan.delete-left', { what: namesOf(words, part.left.ids), group: part.targetGroup.name })
      : words.say('plan.delete-drill', { vm: part.name, hours: Math.round(part.keepMs / 3_600_000) }),
  ],
  effects: (words, parts) =>
    parts.map((part) => ({
      weight: 'deletes',
      text: part.left
        ? words.say('effect.delete-left', { what: namesOf(words, part.left.ids), group: part.targetGroup.name })
        : words.say('effect.delete-drill', { vm: part.name, hours: Math.round(part.keepMs / 3_600_000) }),
    })),
  ask: ({ say }, parts) =>
    parts.flatMap(({ left, targetGroup }) => (left ? [say('ask.delete-left', { group: targetGroup.name })] : [])),
  command: ({ targetGroup, name }) =>
    `az vm delete --resource-group ${shellWord(targetGroup.name)} --name ${shellWord(name)} && az network nic delete --ids <interface> && az disk delete --ids <disks>`,
  phases: (words, part, state) => {
    const step = partStep(words, state, { phase: 'delete-drill', names: { vm: part.name } });
    if (!isKept(state) || state.outcome || !state.began) return [step];
    const at = new Date(Date.parse(state.began) + part.keepMs);
    return [{ state: 'now', text: words.say('phase.keep-drill', { vm: part.name, at: words.dateTime(at) }) }];
  },
  doing: ({ say }, part, state) =>
    say(isKept(state) ? 'progress.now-keep-drill' : 'progress.now-delete-drill', { vm: part.name }),
  place: () => null,
  links: () => [],
  done: ({ say }, { vm, left, targetGroup }) => ({
    mark: 'ok',
    title: left ? say('closing.delete-left', { group: targetGroup.name }) : say('closing.drill', { vm: vm.name }),
  }),
  proof: (words, part, { memo }) => [deletedBlock(words, part, memo)],
  left: (words, part, memo) => [
    ...(memo.deleted?.length ? [deletedBlock(words, part, memo)] : []),
    ...(memo.spared?.length
      ? [text(words.say('deleted.spared', { what: namesOf(words, memo.spared), group: part.targetGroup.name }))]
      : []),
    ...(memo.kept ?? []).map(({ id, has }) =>
      text(words.say('deleted.kept', { what: namesOf(words, [id]), has: namesOf(words, has) })),
    ),
    ...(memo.left?.length ? [text(words.say('deleted.stays', { what: namesOf(words, memo.left) }))] : []),
  ],
  retry: ({ targetGroup }) => `backup leftovers ${targetGroup.name}`,
  failed: ({ say }, part, cause) => say('failed.delete-drill', { vm: part.vm.name, cause }),
  ping: ({ say }, { vm, left, targetGroup }) =>
    left ? say('ping.delete-left', { group: targetGroup.name }) : say('ping.drill', { vm: vm.name }),
};

/** Whether it still waits until its VM may be deleted. */
function isKept({ stage }: PartState): boolean {
  return stage === 'keep';
}

function deletedBlock(words: Words, { targetGroup }: DeleteDrillPart, { deleted = [] }: DeleteDrill['memo']): Block {
  return deleted.length === 0
    ? text(words.say('deleted.none', { group: targetGroup.name }))
    : text(words.say('deleted.all', { what: namesOf(words, deleted), group: targetGroup.name }));
}

function text(said: string): Block {
  return { kind: 'text', text: said };
}

function namesOf(words: Words, ids: readonly string[]): string {
  return words.names(
    ids.map((id) => parseArmId(id)?.name ?? id),
    20,
  );
}

/** Opens the card with what drills left behind. */
export function seeLeftovers({ say }: Words): Button {
  const data = { command: 'backup leftovers' };
  return { title: say('button.see-left'), verb: 'command', data, withInputs: false };
}
