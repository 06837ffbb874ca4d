import { portalLink } from '../../../message/portal-link.ts';
import type { Words } from '../../../message/words.ts';
import { partStep, type Effect, type PartWords } from '../../wording/part-words.ts';
import { policyCommand, undoCommand } from './command.ts';
import { differenceFacts, policyFactsOf, shortenedNames } from './policy-lines.ts';
import type { Policy, PolicyPart } from '../../parts/policy.ts';

/** The wording of creating or changing a policy. */
export const policyPartWords: PartWords<Policy> = {
  planLines: ({ say }, part) => [say(`plan.${part.does}`, names(part)), say('plan.policy-verify')],
  effects: (words, parts, { now }) => parts.flatMap((part) => effectsOf(words, part, now)),
  ask: ({ say }, parts) => parts.map(({ does, shape: { name: policy } }) => say(`ask.${does}`, { policy })),
  command: (part) => policyCommand(part),
  phases: (words, _part, state) => [partStep(words, state, { phase: 'policy' })],
  doing: ({ say }, part) => say(`progress.now-${part.does}`, { policy: part.shape.name }),
  place: (part) => part.vaultName,
  links: ({ say }, part) => [portalLink(say('link.vault'), part.vaultId)],
  done: ({ say }, part) => ({
    mark: 'ok',
    title: say(part.does === 'create-policy' ? 'closing.policy-created' : 'closing.policy-changed', names(part)),
  }),
  proof: (words, part, { now }) => [
    { kind: 'facts', facts: factsOf(words, part, now) },
    ...(part.does === 'create-policy' ? [{ kind: 'text' as const, text: words.say('closing.policy-use') }] : []),
  ],
  again: (part) =>
    part.does === 'create-policy'
      ? `backup policy new ${part.vaultName}`
      : `backup policy change ${part.vaultName}/${part.was.name}`,
  undo: undoCommand,
  failed: ({ say }, part, cause) => say(`failed.${part.does}`, { policy: part.shape.name, cause }),
  ping: ({ say }, part) =>
    say(part.does === 'create-policy' ? 'ping.policy-created' : 'ping.policy-changed', { policy: part.shape.name }),
};

/** What becomes shorter deletes recovery points for good. */
function effectsOf(words: Words, part: PolicyPart, now: Date): Effect[] {
  const { say } = words;
  const lines = factsOf(words, part, now).map(({ title, value }) => ({
    weight: 'changes' as const,
    text: `${title}: ${value}`,
  }));
  if (part.does === 'create-policy')
    return [{ weight: 'creates', text: say('effect.create-policy', names(part)) }, ...lines];
  const shorter = shortenedNames(words, { was: part.was, shape: part.shape, now });
  return [
    ...(shorter.length > 0
      ? [{ weight: 'deletes' as const, text: say('policy-card.deletes', { lines: shorter }) }]
      : []),
    { weight: 'changes', text: say('effect.change-policy', { ...names(part), count: part.was.protectedItems }) },
    ...lines,
  ];
}

function names({ shape, vaultName }: PolicyPart) {
  return { policy: shape.name, vault: vaultName };
}

function factsOf(words: Words, part: PolicyPart, now: Date) {
  return part.does === 'create-policy'
    ? policyFactsOf(words, part.shape, now)
    : differenceFacts(words, { was: part.was, shape: part.shape, now });
}
