import { armId } from '../../core/arm-id.ts';
import { firstFitting } from '../../message/first-fitting.ts';
import { dueText } from '../../message/due-text.ts';
import { markOf, noteOf, type PartWords } from '../part-words.ts';
import type { Protect } from './plan.ts';

/** What switching protection on says of itself. */
export const protectWords: PartWords<Protect> = {
  planLines: ({ say }, part) => [
    say('plan.protect', { vm: part.vm.name, vault: part.vaultName, policy: part.policyName }),
  ],
  command: ({ ref, vm, policyName }) => {
    const vault = armId(ref.vaultId);
    const where = `--resource-group ${vault.resourceGroup} --vault-name ${vault.name}`;
    return `az backup protection enable-for-vm ${where} --vm '${vm.id}' --policy-name '${policyName}'`;
  },
  phases: (words, _part, state) => [
    { state: markOf(state), text: words.say('phase.protect'), note: noteOf(words, state, state.memo.tries) },
  ],
  doing: ({ say }, part) => say('progress.now-protect', { vm: part.vm.name }),
  place: (part) => part.vaultName,
  links: () => [],
  done: (words, part, { outcome }) => {
    const { protection } = outcome;
    const vm = part.vm.name;
    if (!protection?.nextRun) return { mark: 'ok', title: words.say('closing.protected-no-next', { vm }) };
    const next = dueText(words, words.dateTime(new Date(protection.nextRun)), protection);
    const titles = [words.say('closing.protected', { vm, next }), words.say('closing.protected-no-next', { vm })];
    return { mark: 'ok', title: firstFitting(titles) };
  },
  proof: ({ say }, part, { alone }) => {
    const where = { title: say('closing.where'), value: part.vaultName };
    return alone ? [{ kind: 'facts', facts: [where, { title: say('closing.policy'), value: part.policyName }] }] : [];
  },
  failed: ({ say }, part, cause) =>
    say('failed.protect', { vm: part.vm.name, cause: cause ?? say('failed.unknown-cause') }),
  ping: ({ say }, part) => say('ping.protected', { vm: part.vm.name }),
};
