import { armId } from '../../../core/arm-id.ts';
import { shellWord } from '../../../core/shell-word.ts';
import { jobsLink } from '../../../message/portal-link.ts';
import { partStep, vmsOf, type PartWords } from '../../wording/part-words.ts';
import type { Cancel } from '../../parts/cancel-job.ts';

/** The wording of cancelling a job. */
export const cancelWords: PartWords<Cancel> = {
  planLines: ({ say }, part) => [say('plan.cancel', { vm: part.vm.name })],
  effects: ({ say }, parts) =>
    parts.map(({ vm }) => ({ weight: 'deletes', text: say('effect.cancel', { vm: vm.name }) })),
  ask: (words, parts) => [words.say('ask.cancel', { vms: vmsOf(words, parts) })],
  command: ({ vaultId, jobId }) => {
    const vault = armId(vaultId);
    return `az backup job stop --resource-group ${shellWord(vault.resourceGroup)} --vault-name ${shellWord(vault.name)} --name ${shellWord(jobId)}`;
  },
  phases: (words, _part, state) => [partStep(words, state, { phase: 'cancel' })],
  doing: ({ say }, part) => say('progress.now-cancel', { vm: part.vm.name }),
  place: (part) => part.vaultName,
  links: ({ say }, part) => [jobsLink(say('link.job'), part.vaultId)],
  done: ({ say }, part) => ({ mark: 'stopped', title: say('closing.job-cancelled', { vm: part.vm.name }) }),
  proof: () => [],
  failed: ({ say }, part, cause) => say('failed.cancel', { vm: part.vm.name, cause }),
  ping: ({ say }, part) => say('ping.job-cancelled', { vm: part.vm.name }),
};
