/** Slack's reading of a typed card, held against the layouts that Teams gets: both say the same. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderMessage } from '../../../src/bot/render-message.ts';
import { cardMessage, type CardMessage, type RenderContext } from '../../../src/message/card-data.ts';
import { searchesIn } from '../../../src/message/choices.ts';
import { limitSteps } from '../../../src/message/limits.ts';
import { asSheet } from '../../../src/message/rendering/as-sheet.ts';
import { cardPieces } from '../../../src/slack/blocks/card/card-pieces.ts';
import { readCard } from '../../../src/slack/blocks/card/read-card.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';
import { blockSamples } from '../../message/block-samples.ts';
import { everyCard } from '../../message/every-card.ts';
import { samplesOf } from '../../support/samples-of.ts';
import { laidOut } from './card-parts.ts';
import { sampleMessages } from './sample-messages.ts';

const contexts: readonly RenderContext[] = [
  { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: true, times: 'instants' },
  { locale: 'nl', timeZone: 'Asia/Kolkata', simulated: false },
];

/** What is read of a card is the same from its data and from its layout, however much of it is shown. */
function readAlike(message: CardMessage): void {
  const sheet = asSheet(message);
  for (const simulated of ['Not real', null])
    for (const limits of limitSteps) {
      const around = { details: 'Details', simulated };
      const card = laidOut(message, { ...around, limits });
      const typed = cardPieces(sheet, around, limits);
      expect(typed).toEqual(readCard(card, searchesIn(message)));
    }
}

describe('a typed card is read as its layout', () => {
  test.each(Object.keys(everyCard))('%s', async (name) => {
    for (const context of contexts) readAlike(await everyCard[name]!(context));
  });

  test.each(Object.keys(blockSamples))('a block of kind %s', (kind) => {
    for (const message of Object.values(blockSamples[kind] ?? {})) readAlike(message);
  });

  test('whatever it says', () => {
    const anyMessage = fc.oneof(sampleMessages, samplesOf(cardMessage) as fc.Arbitrary<CardMessage>);
    fc.assert(fc.property(anyMessage, readAlike), { numRuns: 400 });
  });

  test('a section that is called as the whole isn’t called so twice', () => {
    const body = [{ kind: 'text', text: 'behind it' }] as const;
    const details = [
      { title: 'Details', body: [...body] },
      { title: 'More', body: [...body] },
    ];
    const message: CardMessage = { template: 'sheet', data: { mark: 'ok', title: 'T', details } };
    readAlike(message);
    const shown = JSON.stringify(translate(renderMessage(message, contexts[1]!)).messages);
    expect(shown.match(/behind it/g)).toHaveLength(2);
    expect(JSON.stringify(translate(renderMessage(message, contexts[0]!)).messages)).not.toContain('*Details*');
  });
});

test.each(Object.keys(everyCard))('a row of the previous release shows the card %s as before', async (name) => {
  for (const context of contexts) {
    const { sheet: _, ...stored } = renderMessage(await everyCard[name]!(context), context);
    expect(translate(stored)).toEqual(translate(renderMessage(await everyCard[name]!(context), context)));
  }
});

test('of a card with a block of a newer release, what is laid out beside it is shown', () => {
  const saying = (text: string): CardMessage => ({
    template: 'sheet',
    data: { mark: 'ok', title: 'T', body: [{ kind: 'text', text }] },
  });
  const { sheet, ...stored } = renderMessage(saying('as a text'), contexts[0]!);
  const newer = { ...stored, sheet: { ...sheet, body: [{ kind: 'chart' }] } } as unknown as typeof stored;
  expect(translate(newer)).toEqual(translate(stored));
});
