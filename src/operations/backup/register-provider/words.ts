import { shellWord } from '../../../core/shell-word.ts';
import type { Block } from '../../../message/card-data.ts';
import { portalLink } from '../../../message/portal-link.ts';
import { partStep, type PartWords } from '../../wording/part-words.ts';
import type { Outcome } from '../../ground/part.ts';
import type { Register, RegisterPart } from '../../parts/register-provider.ts';

const maxNamed = 4;

/** As in manifest/azure. */
const role = 'kluis-register-provider';

/** The wording of registering a provider. */
export const registerWords: PartWords<Register> = {
  planLines: (words, { provider, vms }) => [
    words.say('plan.register-provider', {
      provider,
      vms: words.names(
        vms.map(({ name }) => name),
        maxNamed,
      ),
    }),
  ],
  effects: (words, parts) =>
    parts.map(({ provider, vms }) => ({
      weight: 'changes',
      text: words.say('effect.register-provider', {
        provider,
        vms: words.names(
          vms.map(({ name }) => name),
          maxNamed,
        ),
      }),
    })),
  ask: ({ say, names }, parts) => [
    say('ask.register-provider', { provider: names(parts.map(({ provider }) => provider)) }),
  ],
  command: (part) => commandOf(part, 'register'),
  phases: (words, _part, state) => [partStep(words, state, { phase: 'register-provider' })],
  doing: ({ say }) => say('progress.now-register-provider'),
  place: () => null,
  links: ({ say }, { subscription }) => [portalLink(say('link.subscription'), `/subscriptions/${subscription}`)],
  done: ({ say }) => ({ mark: 'ok', title: say('closing.register-provider') }),
  next: ({ say }, { vms, then }) => {
    const [only, ...others] = vms;
    if (!only || others.length > 0 || then !== 'nothing') return [];
    const data = { command: `backup ${only.id}` };
    const title = say('access.next', { vm: only.name });
    return [{ title, verb: 'command', data, withInputs: false, style: 'positive' }];
  },
  proof: ({ say }, { provider }) => [
    { kind: 'facts', facts: [{ title: say('registered.provider'), value: say('registered.state', { provider }) }] },
  ],
  guide: (words, part, { outcome }) => guideOf(words.say, part, outcome),
  // Azure refuses that while anything of the provider is in use.
  undo: (part) => (part.then === 'nothing' ? commandOf(part, 'unregister') : undefined),
  failed: ({ say }, _part, cause) => say('failed.register-provider', { cause }),
  ping: ({ say }) => say('ping.register-provider'),
};

function commandOf({ provider, subscription }: RegisterPart, does: 'register' | 'unregister'): string {
  return `az provider ${does} --namespace ${shellWord(provider)} --subscription ${shellWord(subscription)}`;
}

type Say = Parameters<typeof registerWords.done>[0]['say'];

/** What a person has to do if Azure refused, or wasn't done in time. */
function guideOf(say: Say, part: RegisterPart, outcome: Outcome | null): Block[] {
  if (outcome?.ended !== 'failed') return [];
  switch (outcome.failure.internal) {
    case 'register-forbidden':
      return [
        { kind: 'text', text: say('register.guide-forbidden', { role }) },
        { kind: 'code', lines: [commandOf(part, 'register')] },
      ];
    case 'subscription-disabled':
      return [{ kind: 'text', text: say('register.guide-disabled') }];
    case 'still-registering':
      return [{ kind: 'text', text: say('register.guide-slow') }];
    default:
      return [];
  }
}
