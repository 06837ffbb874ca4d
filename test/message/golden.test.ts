/** Each kind of block as an Adaptive Card: a changed element is a changed line of a file in `test/golden/teams`. */
import { expect, test } from '@jest/globals';
import { render } from '../../cards/render.ts';
import type { CardMessage } from '../../src/message/card-data.ts';
import { asSheet } from '../../src/message/rendering/as-sheet.ts';
import { captionsOf } from '../../src/message/rendering/captions.ts';
import { asWritten } from '../../src/message/timed-text.ts';
import { checkCard } from '../support/check-card.ts';
import { asJson, goldenFolder } from '../support/golden-folder.ts';
import { blockSamples } from './block-samples.ts';

const golden = goldenFolder('teams');
const context = { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: false } as const;

/** For Teams a time has no instant: everybody reads it as it is written. */
const forTeams = (message: CardMessage) => JSON.parse(asWritten(JSON.stringify(message))) as CardMessage;

test.each(Object.keys(blockSamples))('a block of kind %s is drawn in Teams as before', (kind) => {
  const drawn = Object.entries(blockSamples[kind] ?? {}).map(([form, message]) => {
    const sheet = asSheet(forTeams(message));
    const card = render(sheet, context);
    expect(checkCard(card)).toEqual([]);
    // What every card has around its blocks is in one file.
    const blocks = (card['body'] as readonly unknown[]).slice(1);
    return [form, kind === 'verdict' ? { card, ...captionsOf(sheet, context) } : blocks] as const;
  });
  const made = asJson(Object.fromEntries(drawn));
  expect(made).toBe(golden.kept(`${kind}.json`, made));
});

test('in the simulator a card says so, and its details open and close, in both languages', () => {
  const drawn = (['en', 'nl'] as const).map((locale) => {
    const sheet = asSheet(forTeams(blockSamples['details']!['with rows']!));
    const look = { ...context, locale, simulated: true };
    const body = (render(sheet, look)['body'] as readonly unknown[]).slice(0, -1);
    return [locale, { ...captionsOf(sheet, look), body }] as const;
  });
  const made = asJson(Object.fromEntries(drawn));
  expect(made).toBe(golden.kept('simulated.json', made));
});

test('no file is left over', () => {
  const wanted = [...Object.keys(blockSamples), 'simulated'].map((kind) => `${kind}.json`);
  expect(golden.files()).toEqual(wanted.sort());
});
