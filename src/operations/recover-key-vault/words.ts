import { portalLink } from '../../message/portal-link.ts';
import { partStep, type PartWords } from '../cards/part-words.ts';
import type { Recover } from './plan.ts';

/** The wording of recovering a key vault. */
export const recoverWords: PartWords<Recover> = {
  planLines: ({ say }, { keyVault: { name: keyVault } }) => [say('plan.recover-key-vault', { keyVault })],
  effects: ({ say }, parts) =>
    parts.map(({ keyVault }) => ({
      weight: 'keys',
      text: say('effect.recover-key-vault', { keyVault: keyVault.name }),
    })),
  ask: ({ say, names }, parts) => [
    say('ask.recover-key-vault', { keyVaults: names(parts.map(({ keyVault }) => keyVault.name)) }),
  ],
  command: ({ keyVault, region }) => `az keyvault recover --name ${keyVault.name} --location ${region}`,
  phases: (words, { keyVault: { name: keyVault } }, state) => [
    partStep(words, state, { phase: 'recover-key-vault', names: { keyVault } }),
  ],
  doing: ({ say }, { keyVault: { name: keyVault } }) => say('progress.now-recover-key-vault', { keyVault }),
  place: (part) => part.vaultName,
  // In a restore the part that puts keys back links to it.
  links: ({ say }, { keyVault: { id, name: keyVault }, then }, { outcome }) =>
    outcome?.ended === 'done' && then === 'nothing' ? [portalLink(say('link.key-vault-named', { keyVault }), id)] : [],
  done: ({ say }, { keyVault: { name: keyVault } }) => ({
    mark: 'ok',
    title: say('closing.recover-key-vault', { keyVault }),
  }),
  proof: ({ say }, { keyVault: { name: keyVault } }, { memo }) =>
    memo.model === 'roles' ? [] : [{ kind: 'text', text: say('recovered.policies', { keyVault }) }],
  todo: ({ say }, { keyVault: { name: keyVault } }, memo) =>
    memo.model === 'roles' ? [{ kind: 'text', text: say('recovered.roles', { keyVault }) }] : [],
  retry: againOf,
  again: againOf,
  failed: ({ say }, { keyVault: { name: keyVault } }, cause) => say('failed.recover-key-vault', { keyVault, cause }),
  ping: ({ say }, { keyVault: { name: keyVault } }) => say('ping.recover-key-vault', { keyVault }),
};

function againOf({ vm, then }: Recover['part']): string {
  return `backup ${then === 'restore' ? 'restore' : 'recover'} ${vm.id}`;
}
