import { shellWord } from '../../../core/shell-word.ts';
import { portalLink } from '../../../message/portal-link.ts';
import { partStep, type PartWords } from '../../wording/part-words.ts';
import type { Recover } from '../../parts/recover-key-vault.ts';

const maxNamed = 4;

/** The wording of recovering a key vault. */
export const recoverWords: PartWords<Recover> = {
  planLines: ({ say }, { keyVault: { name: keyVault } }) => [say('plan.recover-key-vault', { keyVault })],
  effects: ({ say, names }, parts) =>
    parts.map(({ keyVault, vm, then, others = [] }) => ({
      weight: 'keys',
      text: say('effect.recover-key-vault', {
        keyVault: keyVault.name,
        vms: then === 'restore' ? 'none' : names([vm.name, ...others], maxNamed),
      }),
    })),
  ask: ({ say, names }, parts) => [
    say('ask.recover-key-vault', { keyVaults: names(parts.map(({ keyVault }) => keyVault.name)) }),
  ],
  command: ({ keyVault, region }) =>
    `az keyvault recover --name ${shellWord(keyVault.name)} --location ${shellWord(region)}`,
  phases: (words, { keyVault: { name: keyVault } }, state) => {
    const step = partStep(words, state, { phase: 'recover-key-vault', names: { keyVault } });
    return [
      state.memo.adopted ? { state: step.state, text: words.say('closing.key-vault-there', { keyVault }) } : step,
    ];
  },
  doing: ({ say }, { keyVault: { name: keyVault } }) => say('progress.now-recover-key-vault', { keyVault }),
  place: (part) => part.vaultName,
  // In a restore the part that puts keys back links to it.
  links: ({ say }, { keyVault: { id, name: keyVault }, then }, { outcome }) =>
    outcome?.ended === 'done' && then === 'nothing' ? [portalLink(say('link.key-vault-named', { keyVault }), id)] : [],
  done: ({ say }, { keyVault: { name: keyVault } }, { outcome: { adopted } }) =>
    adopted
      ? { mark: 'warn', title: say('closing.key-vault-there', { keyVault }) }
      : { mark: 'ok', title: say('closing.recover-key-vault', { keyVault }) },
  proof: ({ say }, { keyVault: { name: keyVault }, vm, then }, { memo }) => {
    if (memo.adopted) return [{ kind: 'text', text: say('recovered.there', { keyVault, vm: vm.name, then }) }];
    return memo.model === 'roles' ? [] : [{ kind: 'text', text: say('recovered.policies', { keyVault }) }];
  },
  todo: ({ say }, { keyVault: { name: keyVault } }, memo) =>
    memo.model === 'roles' && !memo.adopted ? [{ kind: 'text', text: say('recovered.roles', { keyVault }) }] : [],
  next: ({ say }, { vm, then }, { adopted }) => {
    if (then === 'restore') return [];
    const data = { command: `backup ${vm.id}` };
    const title = say(adopted ? 'button.open-vm' : 'access.next', { vm: vm.name });
    return [{ title, verb: 'command', data, withInputs: false, style: 'positive' }];
  },
  retry: againOf,
  again: againOf,
  failed: ({ say }, { keyVault: { name: keyVault } }, cause) => say('failed.recover-key-vault', { keyVault, cause }),
  ping: ({ say }, { keyVault: { name: keyVault } }, { adopted }) =>
    say(adopted ? 'ping.key-vault-there' : 'ping.recover-key-vault', { keyVault }),
};

function againOf({ vm, then }: Recover['part']): string {
  return then === 'restore' ? `backup restore ${vm.id}` : `backup ${vm.id}`;
}
