/** The card of `/backup exception`. Pure. */
import type { Button, CardMessage, Input } from '../../../message/card-data.ts';
import { blockedOfferBlocks, isBlockedOffer, ruledLine } from '../../wording/ruled-words.ts';
import type { Words } from '../../../message/words.ts';
import { noneMeantCard } from '../../dialogs/none-meant-card.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { dialogButton } from '../../dialogs/dialog-buttons.ts';
import { dayAfter, maxDays, defaultDays } from '../../dialogs/end-date.ts';
import type { ExceptionKnown, FoundForException } from './found.ts';

const does = 'allow-vm-without-kek';
const ends = 'end-kek-exception';

/** Renders it. */
export function drawException(drawing: Drawing<ExceptionKnown>): CardMessage {
  const { words, known, status, next } = drawing;
  const asked = known.found?.vm?.name ?? known.args?.[0] ?? '';
  if (status === 'checking' || next === 'found' || !known.found)
    return { template: 'notice', data: { mark: 'busy', title: words.say('looking.title', { vm: asked }) } };
  if (!known.found.vm) return noneMeantCard(drawing, { asked, command: 'exception', ...known.found });
  return known.found.stands === 'refused' ? askCard(drawing, known.found) : otherwiseCard(drawing, known.found);
}

function askCard(drawing: Drawing<ExceptionKnown>, { vm, at, earlier }: FoundForException): CardMessage {
  const { words, because, blockedOffers } = drawing;
  const { say } = words;
  const go = dialogButton(drawing, {
    title: say('button.exception'),
    verb: 'submit',
    data: { go: does },
    style: 'positive',
  });
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('exception.title', { vm: vm?.name ?? '' }),
      why: say('exception.why'),
      body: [
        ...(because ? [{ kind: 'text' as const, text: words.refusal(because), tone: 'strong' as const }] : []),
        ...(earlier ? [{ kind: 'text' as const, text: earlierText(words, earlier) }] : []),
        ...blockedOfferBlocks(words, blockedOffers),
      ],
      inputs: inputsOf(drawing, at),
      buttons: [
        ...(isBlockedOffer(drawing, does) ? [] : [go]),
        dialogButton(drawing, { title: say('button.cancel'), verb: 'cancel' }),
      ],
      note: say('exception.note'),
    },
  };
}

function earlierText(words: Words, { until, by }: NonNullable<FoundForException['earlier']>): string {
  return words.say('exception.earlier-vm', { until: words.dateTime(new Date(until)), by });
}

function inputsOf({ words: { say }, known, reason }: Drawing<ExceptionKnown>, at: string): Input[] {
  const why = known.reason ?? reason;
  return [
    {
      kind: 'text',
      id: 'reason',
      label: say('exception.reason'),
      required: say('refusal.exception-reason'),
      maxLength: 300,
      ...(why && { value: why }),
    },
    {
      kind: 'date',
      id: 'until',
      label: say('exception.until', { days: maxDays }),
      required: say('refusal.exception-date'),
      value: known.until ?? dayAfter(at, defaultDays),
    },
  ];
}

/**
 * There is nothing to request: an exception is already in effect and can be ended, or the rule doesn't refuse the VM.
 */
function otherwiseCard(drawing: Drawing<ExceptionKnown>, { vm, holds }: FoundForException): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const name = vm?.name ?? '';
  const see: Button = {
    title: say('button.see-vm'),
    verb: 'command',
    data: { command: `backup ${vm?.id ?? ''}` },
    withInputs: false,
    style: 'positive',
  };
  const close = dialogButton(drawing, { title: say('button.close'), verb: 'cancel' });
  const title = say(holds ? 'exception.holds' : 'exception.not-needed', { vm: name });
  if (!holds) return { template: 'notice', data: { mark: 'info', title, buttons: [see, close] } };
  const until = say('exception.holds-until', { until: words.dateTime(new Date(holds.until)), by: holds.by });
  const end = dialogButton(drawing, {
    title: say('button.end-exception'),
    verb: 'submit',
    data: { go: ends },
    style: 'destructive',
  });
  const ruled = drawing.blockedOffers.map(({ because }) => ruledLine(words, because));
  const ending = isBlockedOffer(drawing, ends) ? [] : [end];
  return {
    template: 'notice',
    data: { mark: 'info', title, text: [until, ...ruled], buttons: [see, ...ending, close] },
  };
}
