/** The cards of the policy dialog, for each question and each end. Pure. */
import { parseArmId } from '../../../core/arm-id.ts';
import type { Button, CardMessage, ChooseData } from '../../../message/card-data.ts';
import { policyWords } from '../../../message/policy-words.ts';
import { regionName } from '../../../message/wording/region-names.ts';
import { titleAndRest } from '../../../message/verdict-texts.ts';
import { searchIn, type Drawing } from '../../dialogs/dialog-kind.ts';
import { namedPolicies, offeredPolicies } from './estate.ts';
import { askedName, offeredVaults, type PolicyKnown } from './flow.ts';
import { formCard } from './form-card.ts';
import { shortenCard, summaryCard } from './summary-card.ts';

type PolicyDrawing = Drawing<PolicyKnown>;

/** Renders the dialog's card. */
export function drawPolicy(drawing: PolicyDrawing): CardMessage {
  const { status, next } = drawing;
  if (status === 'checking') return lookingCard(drawing);
  switch (next) {
    case 'mode':
      return modeCard(drawing);
    case 'vault':
      return vaultCard(drawing);
    case 'policy':
      return policyCard(drawing);
    case 'form':
    case 'shape':
    case 'clear':
      return formCard(drawing);
    case 'go':
      return summaryCard(drawing as PolicyDrawing & { known: PolicyKnown });
    case 'sure':
      return shortenCard(drawing as PolicyDrawing & { known: PolicyKnown });
    default:
      return lookingCard(drawing);
  }
}

function lookingCard(drawing: PolicyDrawing): CardMessage {
  const { say } = drawing.words;
  return {
    template: 'notice',
    data: { mark: 'busy', title: say('policy-ask.looking'), buttons: [cancelButton(drawing)] },
  };
}

function modeCard(drawing: PolicyDrawing): CardMessage {
  const { words, known, dialog, revision } = drawing;
  const { say } = words;
  const given = known.args?.[0];
  const choose = (title: string, mode: string): Button => ({
    title,
    verb: 'submit',
    data: { dialog, revision, mode },
    withInputs: false,
  });
  return {
    template: 'notice',
    data: {
      mark: 'ask',
      title: say('policy-ask.mode'),
      text: given === undefined ? [] : [say('policy-ask.mode-unknown', { given })],
      buttons: [
        { ...choose(say('button.policy-new'), 'new'), style: 'positive' },
        choose(say('button.policy-change'), 'change'),
        { ...cancelButton(drawing), title: say('button.close') },
      ],
    },
  };
}

function vaultCard(drawing: PolicyDrawing): CardMessage {
  const { words, known } = drawing;
  const { say } = words;
  const vaults = known.estate ? offeredVaults(known as PolicyKnown) : [];
  const name = known.args ? askedName({ args: known.args }) : null;
  if (vaults.length === 0) {
    const vault = parseArmId(name ?? '')?.name;
    const isForVm = known.returns && vault !== undefined;
    return nothingCard(drawing, isForVm ? say('policy-stop.vault-gone', { vault }) : say('policy-ask.no-vault'));
  }
  return choose(drawing, {
    title: name === null ? say('policy-ask.vault') : titleAndRest(say('policy-ask.no-such-vault', { name })).title,
    id: 'vault',
    label: say('input.choose-vault'),
    required: say('input.vault-required'),
    rows: vaults.map((vault) => ({
      value: vault.id,
      name: vault.name,
      description: `${vault.resourceGroup} · ${regionName(vault.region)}`,
    })),
  });
}

function policyCard(drawing: PolicyDrawing): CardMessage {
  const { words, known, now } = drawing;
  const { say } = words;
  const { estate, args = [] } = known;
  const name = askedName({ args });
  const offered = estate ? offeredPolicies(estate, name) : [];
  if (offered.length === 0) return nothingCard(drawing, say('policy-ask.no-policy'));
  return choose(drawing, {
    title: titleAndRest(policyTitle(drawing, name)).title,
    text: leftOut(drawing),
    id: 'policy',
    label: say('input.choose-policy'),
    required: say('policy-ask.policy-required'),
    rows: offered.map(({ vaultName, facts }) => ({
      value: facts.id,
      name: `${vaultName} · ${facts.name}`,
      description: policyWords(words, facts, now),
    })),
  });
}

function leftOut({ words, known }: PolicyDrawing): string | undefined {
  const { more = 0, unread = [] } = known.estate ?? {};
  const said = [
    ...(more > 0 ? [words.say('policy-ask.more', { count: more })] : []),
    ...(unread.length > 0 ? [words.say('view.unread', { vaults: unread })] : []),
  ];
  return said.length > 0 ? said.join(' ') : undefined;
}

function policyTitle({ words, known }: PolicyDrawing, name: string | null): string {
  const { say } = words;
  if (name === null || !known.estate) return say('policy-ask.policy');
  const named = namedPolicies(known.estate, name);
  return named.length > 1
    ? say('policy-ask.several', { count: named.length, name })
    : say('policy-ask.no-such-policy', { name });
}

function choose(
  drawing: PolicyDrawing,
  asked: Pick<ChooseData, 'title' | 'text' | 'id' | 'label' | 'required' | 'rows'>,
): CardMessage {
  const { words, dialog, revision } = drawing;
  return {
    template: 'choose',
    data: {
      mark: 'ask',
      ...asked,
      verb: 'submit',
      data: { dialog, revision },
      search: searchIn(dialog, asked.id),
      button: words.say('button.choose'),
      more: [cancelButton(drawing)],
    },
  };
}

function nothingCard(drawing: PolicyDrawing, title: string): CardMessage {
  const { words, known, dialog, revision } = drawing;
  const unread = known.estate?.unread ?? [];
  const again: Button = {
    title: words.say('button.check-again'),
    verb: 'again',
    data: { dialog, revision },
    withInputs: false,
  };
  const close = { ...cancelButton(drawing), title: words.say('button.close') };
  const buttons = [again, close];
  if (unread.length === 0) return { template: 'notice', data: { mark: 'info', title, buttons } };
  // What couldn't be read may contain what seems to be missing.
  const cannotTell = words.say('unread.title', { unread: words.say('unread.several', { places: unread }) });
  return { template: 'notice', data: { mark: 'unknown', title: cannotTell, buttons } };
}

function cancelButton({ words, dialog, revision }: PolicyDrawing): Button {
  return { title: words.say('button.cancel'), verb: 'cancel', data: { dialog, revision }, withInputs: false };
}
