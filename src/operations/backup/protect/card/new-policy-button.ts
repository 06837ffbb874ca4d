/** "New policy…" on the readiness card: among the policies, and as a button if none fits. Pure. */
import type { Button, Input } from '../../../../message/card-data.ts';
import { vaultLine } from '../../../../message/vault-words.ts';
import type { VaultChoice } from '../../../../readiness/findings/assessment.ts';
import { isBlockedOffer } from '../../../wording/ruled-words.ts';
import { searchIn } from '../../../dialogs/dialog-kind.ts';
import type { BackupKnown } from '../known.ts';
import { newPolicy, newPolicyAsk, newPolicyOffer, vaultsLackingPolicy } from '../new-policy.ts';
import { dialogButton } from '../../../dialogs/dialog-buttons.ts';
import type { BackupDrawing } from './drawing.ts';

type Known = Pick<BackupKnown, 'reading'> & Partial<BackupKnown>;

/**
 * The choice among the policies of a vault. It comes first, since a client that shows only some of many choices shows
 * the first ones.
 */
export function newPolicyChoice({ words, may }: BackupDrawing, known: Pick<BackupKnown, 'reading' | 'vault'>) {
  const ask = newPolicyAsk(known);
  return ask && may([ask]) ? [{ title: words.say('input.new-policy'), value: newPolicy }] : [];
}

/** The button, if the VM only lacks a policy that fits. */
export function newPolicyButton(drawing: BackupDrawing, known: Known): Button[] {
  const [first, ...others] = vaultsToOffer(drawing, known);
  if (!first) return [];
  const data = { policy: newPolicy, ...(others.length === 0 && { vault: first.id }) };
  const title = drawing.words.say('input.new-policy');
  return [dialogButton(drawing, { title, verb: 'submit', data, style: 'positive' })];
}

/** In which of several vaults; nothing if there is no choice. */
export function newPolicyVault(drawing: BackupDrawing, known: Known): Input[] {
  const { words, dialog } = drawing;
  const vaults = vaultsToOffer(drawing, known);
  if (vaults.length < 2) return [];
  return [
    {
      kind: 'pick',
      id: 'vault',
      label: words.say('input.vault'),
      choices: vaults.map((vault) => ({ title: vaultLine(words, vault), value: vault.id })),
      value: vaults.find(({ isDefault }) => isDefault)?.id,
      placeholder: words.say('input.choose-vault'),
      required: words.say('input.vault-required'),
      search: searchIn(dialog, 'vault'),
    },
  ];
}

function vaultsToOffer(drawing: BackupDrawing, known: Known): readonly VaultChoice[] {
  if (known.reading.choices.length > 0) return [];
  return vaultsLackingPolicy(known).filter((vault) => !isBlockedOffer(drawing, newPolicyOffer(vault)));
}
