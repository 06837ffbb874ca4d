/** The form of a policy, with its values and its errors. Pure. */
import { maxVerdict, type Block, type Button, type CardMessage } from '../../../message/card-data.ts';
import { titleAndRest } from '../../../message/verdict-texts.ts';
import type { Words } from '../../../message/words.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { blockedOfferBlocks } from '../../wording/ruled-words.ts';
import { changedPolicy, obstacleOf, vaultOf, type Obstacle, type PolicyKnown } from './flow.ts';
import { formInputs } from './form/form-inputs.ts';
import { formOf, newForm, type PolicyForm } from './form/form.ts';
import { dayNames, shortenedNames } from './policy-lines.ts';
import { askedCard, formProblems } from './form-problems.ts';
import { maxPolicies } from './form/rules.ts';

/** Renders the form. It keeps what was typed, whatever is wrong with it. */
export function formCard(drawing: Drawing<PolicyKnown>): CardMessage {
  const { words, known } = drawing;
  const changed = changedPolicy(known);
  const { card } = askedCard(known);
  const trouble = troubleOf(drawing);
  const names = { vault: vaultOf(known)?.name ?? '', policy: changed?.facts.name ?? '' };
  const title = changed ? words.say('policy-form.change', names) : words.say('policy-form.new', names);
  return {
    template: 'sheet',
    data: {
      mark: trouble ? 'warn' : 'ask',
      title: trouble?.title ?? title,
      subtitle: trouble ? title : forVm(drawing),
      body: [
        ...(trouble?.body ?? []),
        ...blockedOfferBlocks(words, drawing.blockedOffers),
        ...(card === 'kind' && !trouble ? kindLines(drawing) : []),
      ],
      inputs: formInputs(words, {
        card,
        form: formShown(drawing),
        was: changed?.facts ?? null,
        wrong: formProblems(words, known),
      }),
      buttons: buttonsOf(drawing),
      note: words.say('nothing-changed'),
    },
  };
}

/** A policy that is created on the way to protecting a VM says so. */
function forVm({ words, known }: Drawing<PolicyKnown>): string | undefined {
  return known.returns ? words.say('policy-form.for-vm', { vm: known.returns.vm }) : undefined;
}

type Trouble = { readonly title: string; readonly body: readonly Block[] };

/** What is said above the form: invalid fields, or why the policy can't be written like this. */
function troubleOf({ words, known, next, because, now }: Drawing<PolicyKnown>): Trouble | null {
  const { say } = words;
  const changed = because ? [strong(words.refusal(because))] : [];
  const count = Object.keys(formProblems(words, known)).length;
  if (count > 0) return { title: say('policy-form.wrong', { count }), body: changed };
  if (next === 'clear' && known.shape && known.place) {
    const obstacle = obstacleOf(known as PolicyKnown) ?? 'same';
    const text = obstacleText(words, { known: known as PolicyKnown, obstacle, now });
    const { title, rest } = titleOf(words, text);
    const kept: Block = { kind: 'text', text: say('policy-form.kept-typed') };
    return { title, body: [...changed, ...rest.map(strong), kept] };
  }
  return changed.length > 0 ? { title: say('policy-form.stopped'), body: changed } : null;
}

/** Its first sentence is the title if that fits. */
function titleOf({ say }: Words, text: string): { title: string; rest: string[] } {
  const told = titleAndRest(text);
  const title = told.title.replace(/\.$/, '');
  const fits = Array.from(title).length <= maxVerdict;
  return fits ? { title, rest: told.text } : { title: say('policy-form.stopped'), rest: [text] };
}

type Stopped = { readonly known: PolicyKnown; readonly obstacle: Obstacle; readonly now: Date };

function obstacleText(words: Words, { known, obstacle, now }: Stopped): string {
  const { say } = words;
  const vault = vaultOf(known)?.name ?? '';
  const policy = known.shape.name;
  const was = known.place.held?.facts;
  const lines = was ? shortenedNames(words, { was, shape: known.shape, now }) : [];
  switch (obstacle) {
    case 'taken':
      return say('policy-stop.taken', { vault, policy });
    case 'full':
      return say('policy-stop.full', { vault, count: maxPolicies });
    case 'vault-gone':
      return say('policy-stop.vault-gone', { vault });
    case 'policy-gone':
      return say('policy-stop.policy-gone', { policy });
    case 'same':
      return say('policy-stop.same');
    case 'immutable':
      return say('policy-stop.immutable', { vault, lines });
  }
}

function kindLines({ words, known }: Drawing<PolicyKnown>): Block[] {
  const { say } = words;
  const changed = changedPolicy(known);
  if (changed) {
    const text = say('policy-form.kind-fixed', { kind: changed.facts.kind });
    return [{ kind: 'text', text, tone: 'quiet' }];
  }
  return [
    { kind: 'text', text: say('policy-kind.standard-fits'), tone: 'quiet' },
    { kind: 'text', text: say('policy-kind.enhanced-fits'), tone: 'quiet' },
  ];
}

function formShown({ words, known }: Drawing<PolicyKnown>): PolicyForm {
  const facts = changedPolicy(known)?.facts;
  if (!facts) {
    const fitting = known.returns?.enhanced ? { kind: 'Enhanced' } : {};
    return { ...newForm(words.context.timeZone), ...fitting, ...known.form };
  }
  const { schedule } = facts;
  const days = schedule.frequency === 'Weekly' ? { days: dayNames(words, schedule.days).join(', ') } : {};
  return { ...formOf(facts), ...days, ...known.form };
}

function buttonsOf({ words, known, dialog, revision }: Drawing<PolicyKnown>): Button[] {
  const { say } = words;
  const { card } = askedCard(known);
  const back: Button = { title: say('button.back'), verb: 'back', data: { dialog, revision }, withInputs: true };
  return [
    {
      title: say('button.continue'),
      verb: 'submit',
      style: 'positive',
      data: { dialog, revision, form: card },
      withInputs: true,
    },
    ...(card === 'rest' ? [back] : []),
    { title: say('button.cancel'), verb: 'cancel', data: { dialog, revision }, withInputs: false },
  ];
}

function strong(text: string): Block {
  return { kind: 'text', text, tone: 'strong' };
}
