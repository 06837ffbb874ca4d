/** Messages to an entry's channel about drills that don't start. Pure. */
import type { CardMessage } from '../../../message/card-data.ts';
import { firstFitting } from '../../../message/verdict-texts.ts';
import type { Words } from '../../../message/words.ts';
import type { DrillRefusal, Standing } from '../../parts/drill-books.ts';
import { isPassing, refusalText } from '../../wording/drill-refusal.ts';
import { seeDrills } from './card.ts';

/** Why none of an entry's drills start: nobody has allowed them, or the approval is no longer valid. */
type Unheld = { readonly name: string; readonly standing: Exclude<Standing, 'holds' | 'ended'> };

/** The drills of an entry wait to be allowed, or no longer start. */
export function standingNote(words: Words, { name, standing }: Unheld): CardMessage {
  const { say } = words;
  const titles =
    standing === 'none'
      ? [say('drills.wait', { name })]
      : [say(`drills.stopped-${standing}`, { name }), say('drills.stopped', { name })];
  const title = firstFitting(titles);
  return note(words, name, { title, text: [say(`drills.told-${standing}`), say('drills.nothing-until')] });
}

type Refused = { readonly name: string; readonly vm: string; readonly because: DrillRefusal };

/** A VM of an entry gets no drill, today or yet. */
export function refusedNote(words: Words, { name, vm, because }: Refused): CardMessage {
  const { say } = words;
  const isSoon = isPassing(because);
  const plain = say(isSoon ? 'drills.not-yet' : 'drills.not-started', { vm });
  const why = 'hindrance' in because ? say(`drill.short-${because.hindrance}`) : null;
  const title = why === null ? plain : firstFitting([`${plain}: ${why}`, say('drills.refused', { vm, why }), plain]);
  return note(words, name, {
    title,
    text: [refusalText(words, because), say(isSoon ? 'drills.soon' : 'drills.tomorrow')],
  });
}

function note(words: Words, name: string, said: { title: string; text: string[] }): CardMessage {
  return { template: 'notice', data: { mark: 'warn', ...said, buttons: [seeDrills(words, name)] } };
}
