import type { AzureFaultFacts } from '../../azure/faults.ts';
import type { CardMessage } from '../../message/card-data.ts';
import { azureStatusLink, vaultsLink } from '../../message/portal-link.ts';
import { firstFitting } from '../../message/verdict-texts.ts';
import type { Words } from '../../message/words.ts';

/** Why a lookup has no result yet: Azure's last answer, since when none has succeeded, and when the next attempt is. */
export type Trouble = { readonly fault: AzureFaultFacts; readonly since: Date; readonly again: Date };

/** `about`: what is looked up, if it has a name. */
type TroubleContext = {
  readonly words: Words;
  readonly dialog: string;
  readonly revision: number;
  readonly about: string;
};

/** The card of a dialog whose lookup Azure doesn't answer: since when, when it is retried, and where to look. */
export function troubleCard(
  { words, dialog, revision, about }: TroubleContext,
  { fault, since, again }: Trouble,
): CardMessage {
  const { say, time } = words;
  const { action, code, status } = fault;
  const verdict = action
    ? say('outage.denied')
    : status
      ? say('outage.title-status', { status: String(status) })
      : say('outage.title');
  const title = firstFitting(about === '' ? [verdict] : [`${about}: ${verdict}`, verdict]);
  const when = say('outage.when', { since: time(since), again: time(again) });
  return {
    template: 'notice',
    data: {
      mark: 'busy',
      title,
      text: [
        when,
        ...(action ? [say('outage.missing', { action })] : []),
        ...(code ? [`${say('failed.azure-says')}: ${code}`] : []),
      ],
      buttons: [{ title: say('button.close'), verb: 'cancel', data: { dialog, revision }, withInputs: false }],
      links: [azureStatusLink(say('link.azure-status')), vaultsLink(say('link.without-the-bot'))],
    },
  };
}
