import { shellWord } from '../../../core/shell-word.ts';
import type { Block } from '../../../message/card-data.ts';
import { portalLink } from '../../../message/portal-link.ts';
import type { Words } from '../../../message/words.ts';
import { markOf, noteOf, phaseStep, type PartWords } from '../../wording/part-words.ts';
import { isKeyVaultUrl } from './needs.ts';
import { obstacleBlocks, obstacleTitle, obstacleWhy, waitingBlock } from './obstacle-words.ts';
import type { PutBackPart, RestoreKeyAndSecret } from '../../parts/restore-key-and-secret.ts';

/** The wording of putting keys back. */
export const putBackWords: PartWords<RestoreKeyAndSecret> = {
  planLines: ({ say, names }, part) => [
    say('plan.restore-key-and-secret', { keyVaults: names(namesOf(part)), count: namesOf(part).length }),
  ],
  effects: ({ say, names }, parts) =>
    parts.map((part) => ({
      weight: 'keys',
      text: say('effect.restore-key-and-secret', { keyVaults: names(namesOf(part)), count: namesOf(part).length }),
    })),
  command: (part) => {
    const [first] = namesOf(part);
    const keyVault = first === undefined ? '<key vault>' : shellWord(first);
    return `az keyvault key restore --vault-name ${keyVault} --file <KeyBackupData, decoded from base64> && az keyvault secret set --vault-name ${keyVault} --name <secret> --file <SecretData> --content-type 'Wrapped BEK' --tags <tags>`;
  },
  phases: (words, _part, state) => [
    phaseStep(words, markOf(state), {
      phase: 'restore-key-and-secret',
      note: state.memo.obstacle && !state.outcome ? words.say('note.waits-for-person') : noteOf(words, state),
    }),
  ],
  doing: (words, part, { memo }) =>
    memo.obstacle ? obstacleTitle(words, memo.obstacle) : words.say('progress.now-keys', { vm: part.vm.name }),
  waits: (words, { memo }) => (memo.obstacle ? obstacleWhy(words, memo.obstacle) : null),
  gaveUp: ({ say }, { failure, memo: { obstacle } }) =>
    obstacle && failure.internal === 'obstacle-stays'
      ? say(`in-the-way.${obstacle.why}-short`, { place: obstacle.place })
      : null,
  guide: (words, part, { memo, outcome }) =>
    memo.obstacle && outcome?.ended !== 'done'
      ? [...obstacleBlocks(words, part, memo.obstacle), ...(outcome ? [] : [waitingBlock(words, memo.obstacle)])]
      : [],
  place: (part) => part.vaultName,
  links: ({ say }, part, { began }) =>
    began === null
      ? []
      : (part.keyVaults ?? []).map(({ id, name: keyVault }) =>
          portalLink(say('link.key-vault-named', { keyVault }), id),
        ),
  done: ({ say }, part) => ({ mark: 'ok', title: say('closing.keys-in-place', { vm: part.vm.name }) }),
  proof: (words, _part, { memo }) => proofOf(words, memo),
  todo: entraAppTodo,
  again: (part) => `backup restore ${part.vm.id}`,
  failed: ({ say }, part, cause) => say('failed.keys', { vm: part.vm.name, cause }),
  ping: ({ say }, part) => say('ping.keys', { vm: part.vm.name }),
};

function namesOf({ keyVaults }: Pick<PutBackPart, 'keyVaults'>): string[] {
  return (keyVaults ?? []).map(({ name }) => name);
}

/** The extension of Azure Disk Encryption needs the application's secret, which Kluis doesn't have. */
function entraAppTodo({ say }: Words, part: PutBackPart, { entraApp }: RestoreKeyAndSecret['memo']): Block[] {
  if (!entraApp) return [];
  const vm = part.newVm ?? 'none';
  return [
    { kind: 'text', text: say('entra-app.todo', { vm }) },
    { kind: 'code', lines: [entraAppCommand(part, entraApp)] },
  ];
}

/** As in azure-docs (backup-azure-vms-automation, "Push ADE extension", with Microsoft Entra ID). */
function entraAppCommand(
  { targetGroup, newVm, keyVaults }: PutBackPart,
  { secretUrl, keyUrl }: NonNullable<RestoreKeyAndSecret['memo']['entraApp']>,
): string {
  const [uri, kekUri] = [secretUrl, keyUrl ?? ''].map((url) =>
    isKeyVaultUrl(url) ? /^https:\/\/([^./]+)[^/]*\//i.exec(url) : null,
  );
  const word = (value: string | null | undefined, otherwise: string) => (value ? shellWord(value) : otherwise);
  const idOf = (name: string | undefined) => {
    const found = (keyVaults ?? []).find((one) => one.name.toLowerCase() === name?.toLowerCase());
    return word(found?.id, '<id of the key vault>');
  };
  const kekUrl = word(kekUri && keyUrl, '<address of the KEK>');
  const kek = keyUrl === null ? '' : ` -KeyEncryptionKeyUrl ${kekUrl} -KeyEncryptionKeyVaultId ${idOf(kekUri?.[1])}`;
  const on = `-ResourceGroupName ${word(targetGroup?.name, '<group>')} -VMName ${word(newVm, '<new VM>')}`;
  const app = '-AadClientID <ID of the application> -AadClientSecret <its secret>';
  return `Set-AzVMDiskEncryptionExtension ${on} ${app} -DiskEncryptionKeyVaultUrl ${word(uri?.[0], '<address of the key vault>')} -DiskEncryptionKeyVaultId ${idOf(uri?.[1])}${kek} -VolumeType Data`;
}

function proofOf({ say }: Words, { done = [], moved = [], read }: RestoreKeyAndSecret['memo']): Block[] {
  const facts = done.map(({ how, kind, name, keyVault }) => ({
    title: say(`keys.${kind}`),
    value: say(`keys.${how}`, { name, keyVault }),
  }));
  if (facts.length > 0) return [{ kind: 'facts', facts }];
  return [{ kind: 'text', text: say(untouchedWord(moved.length > 0, read)) }];
}

/** Keys that nobody looked at aren't said to be there. */
function untouchedWord(isMoved: boolean, read: RestoreKeyAndSecret['memo']['read']) {
  if (isMoved) return 'keys.earlier';
  return read === 'nowhere' ? 'keys.not-looked' : 'keys.untouched';
}
