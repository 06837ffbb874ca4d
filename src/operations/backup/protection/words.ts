import { armId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { firstFitting } from '../../../message/verdict-texts.ts';
import type { Button } from '../../../message/card-data.ts';
import { lastGoodFacts, nextFacts } from '../../wording/protection-lines.ts';
import { partStep, vmsOf, type PartWords } from '../../wording/part-words.ts';
import type { Protection, ProtectionPart } from '../../parts/protection.ts';

/** The wording of stopping, resuming and bringing back. */
export const protectionWords: PartWords<Protection> = {
  planLines: ({ say }, part) => {
    const { vm, vaultName: vault } = part;
    if (part.does !== 'resume-protection') return [say(`plan.${part.does}`, { vm: vm.name, vault })];
    return [say('plan.resume-protection', { vm: vm.name, vault, policy: part.policyName })];
  },
  effects: ({ say }, parts) =>
    parts.map((part) => {
      const of = { vm: part.vm.name, vault: part.vaultName };
      return {
        weight: 'changes',
        text:
          part.does === 'resume-protection'
            ? say('effect.resume-protection', { ...of, policy: part.policyName })
            : say(`effect.${part.does}`, of),
      };
    }),
  ask: (words, parts) => parts.slice(0, 1).map(({ does }) => words.say(`ask.${does}`, { vms: vmsOf(words, parts) })),
  command: commandOf,
  undo: (part) => (part.does === 'undelete' ? undefined : undone(part)),
  phases: (words, part, state) => [partStep(words, state, { phase: part.does })],
  doing: ({ say }, part) => say(`progress.now-${part.does}`, { vm: part.vm.name }),
  place: (part) => part.vaultName,
  links: () => [],
  done: ({ say }, part) => ({
    mark: part.does === 'stop-protection' ? 'stopped' : 'ok',
    title:
      part.does === 'stop-protection'
        ? firstFitting([
            say('backups.stopped', { vm: part.vm.name }),
            say('closing.stop-protection', { vm: part.vm.name }),
          ])
        : say(`closing.${part.does}`, { vm: part.vm.name }),
  }),
  next: ({ say }, part) => {
    if (part.does === 'resume-protection') return [];
    const data = { command: `backup resume ${part.vm.id}` };
    const resume: Button = { title: say('button.resume'), verb: 'command', data, withInputs: false };
    // After undeleting, backups are still stopped; who stopped them wants them stopped.
    return [part.does === 'undelete' ? { ...resume, style: 'positive' } : resume];
  },
  proof: (words, part, { outcome: { protection }, alone, now }) => {
    const { say } = words;
    if (!alone && part.does === 'undelete')
      return [{ kind: 'text', text: say('undelete.stays', { vm: part.vm.name }) }];
    const policy = part.does === 'resume-protection' ? [{ title: say('closing.policy'), value: part.policyName }] : [];
    const facts = [
      { title: say('closing.where'), value: part.vaultName },
      ...policy,
      ...lastGoodFacts(words, protection, now),
      ...nextFacts(words, protection, now),
    ];
    return [{ kind: 'facts', facts }];
  },
  failed: ({ say }, part, cause) => say(`failed.${part.does}`, { vm: part.vm.name, cause }),
  ping: ({ say }, part) => say(`ping.${part.does}`, { vm: part.vm.name }),
};

function commandOf(part: ProtectionPart): string {
  const { container, item, vaultId } = part.ref;
  const vault = armId(vaultId);
  const where = `--resource-group ${shellWord(vault.resourceGroup)} --vault-name ${shellWord(vault.name)}`;
  const what = `--container-name ${shellWord(container)} --item-name ${shellWord(item)} --backup-management-type AzureIaasVM`;
  switch (part.does) {
    case 'stop-protection':
      return `az backup protection disable ${where} ${what} --delete-backup-data false --yes`;
    case 'resume-protection':
      return `az backup protection resume ${where} ${what} --policy-name ${shellWord(part.policyName)}`;
    case 'undelete':
      return `az backup protection undelete ${where} ${what} --workload-type VM`;
  }
}

/** Stopping is undone by resuming with the policy that it had; resuming by stopping. */
function undone(part: Exclude<ProtectionPart, { does: 'undelete' }>): string | undefined {
  const { id, vm, ref, vaultName, after } = part;
  const base = { id, after, vm, ref, vaultName };
  if (part.does === 'resume-protection')
    return commandOf({ ...base, does: 'stop-protection', policyName: null, guardRequest: null });
  if (part.policyName === null) return undefined;
  return commandOf({ ...base, does: 'resume-protection', policyId: '', policyName: part.policyName });
}
