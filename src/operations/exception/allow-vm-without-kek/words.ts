import type { Button } from '../../../message/card-data.ts';
import { partStep, type PartWords } from '../../wording/part-words.ts';
import type { Allow } from '../../parts/allow-vm-without-kek.ts';

/** The wording of an exception to the KEK rule. */
export const allowWords: PartWords<Allow> = {
  planLines: (words, { vm, until }) => [
    words.say('plan.exception', { vm: vm.name, until: words.dateTime(new Date(until)) }),
  ],
  planNotes: ({ say }, { reason }) => [say('plan.restore-reason', { reason })],
  effects: ({ say, dateTime }, parts) =>
    parts.map(({ vm, until }) => ({
      weight: 'changes',
      text: say('effect.exception', { vm: vm.name, until: dateTime(new Date(until)) }),
    })),
  ask: ({ say, names }, parts) => [say('ask.exception', { vm: names(parts.map(({ vm }) => vm.name)) })],
  command: ({ vm }) => `backup exception ${vm.id}`,
  phases: (words, _part, state) => [partStep(words, state, { phase: 'exception' })],
  doing: ({ say }, { vm }) => say('progress.now-exception', { vm: vm.name }),
  place: () => null,
  links: () => [],
  done: ({ say }, { vm }) => ({ mark: 'ok', title: say('closing.exception', { vm: vm.name }) }),
  next: ({ say }, { vm }): Button[] => [
    {
      title: say('button.protect-new', { vm: vm.name }),
      verb: 'command',
      data: { command: `backup ${vm.id}` },
      withInputs: false,
      style: 'positive',
    },
  ],
  proof: (words, { until, reason }, { now }) => [
    {
      kind: 'facts',
      facts: [
        { title: words.say('exception.until-fact'), value: words.dated(new Date(until), now) },
        { title: words.say('exception.reason'), value: reason },
      ],
    },
  ],
  failed: ({ say }, { vm }, cause) => say('failed.exception', { vm: vm.name, cause }),
  ping: ({ say }, { vm }) => say('ping.exception', { vm: vm.name }),
};
