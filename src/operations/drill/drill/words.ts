import { shellWord } from '../../../core/shell-word.ts';
import type { Words } from '../../../message/words.ts';
import { partStep, type PartWords } from '../../wording/part-words.ts';
import { subnetText } from '../../parts/create-vm.ts';
import type { Drill } from '../../parts/drill.ts';
import type { Opening } from './egress-paths.ts';

/** The wording of checking a drill's network. */
export const drillWords: PartWords<Drill> = {
  planLines: ({ say }, part) => [
    ...(part.at === 'restored' ? [say('plan.drill-mark')] : []),
    say(part.at === 'start' ? 'plan.drill-network' : 'plan.drill-network-again', { subnet: subnetText(part) }),
  ],
  effects: () => [],
  ask: ({ say }, parts) => parts.flatMap(({ at, vm }) => (at === 'start' ? [say('ask.drill', { vm: vm.name })] : [])),
  command: ({ subnet }) => `az network vnet subnet show --ids ${shellWord(subnet.id)}`,
  phases: (words, part, state) => [
    partStep(words, state, {
      phase: part.at === 'start' ? 'drill-network' : 'drill-mark',
      names: { subnet: subnetText(part) },
    }),
  ],
  doing: ({ say }, part) => say('progress.now-drill', { vm: part.vm.name }),
  place: () => null,
  links: () => [],
  done: ({ say }, part) => ({ mark: 'ok', title: say('phase.drill-network', { subnet: subnetText(part) }) }),
  proof: ({ say }, part) =>
    part.at === 'start'
      ? []
      : [
          {
            kind: 'facts',
            facts: [{ title: say('created.network'), value: say('drill.closed', { subnet: subnetText(part) }) }],
          },
        ],
  left: (words, _part, { openings = [] }) =>
    openings.map((one) => ({ kind: 'text', text: openingText(words, one as Opening) })),
  again: (part) => `backup drill ${part.vm.id}`,
  failed: ({ say }, part, cause) => say('failed.drill', { vm: part.vm.name, cause }),
  ping: ({ say }, part) => say('ping.drill', { vm: part.vm.name }),
};

/** What opens a network, as a sentence. */
export function openingText({ say }: Pick<Words, 'say'>, { by, name }: Opening): string {
  return say(`drill.open-${by}`, { name });
}
