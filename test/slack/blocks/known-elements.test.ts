import { expect, test } from '@jest/globals';
import { render } from '../../../cards/render.ts';
import { isKnown, unknownProperties } from '../../../src/slack/blocks/card/known-properties.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';
import { everyCard } from '../../message/every-card.ts';
import { partsOf, type Node } from './card-parts.ts';
import { reading } from './shown-in-slack.ts';

test.each(Object.keys(everyCard))(
  'every element, action and property of the card %s is known to the translation',
  async (name) => {
    const context = { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: true } as const;
    const { card: drawn } = render(await everyCard[name]!(context), context);
    const parts = partsOf(drawn).filter(({ type }) => type !== undefined);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.map(({ type }) => String(type)).filter((type) => !isKnown(type))).toEqual([]);
    const properties = parts.flatMap((part) =>
      unknownProperties(part as never).map((key) => `${String(part['type'])}.${key}`),
    );
    // What opens and closes the details is the only pressable part of a card that is no button.
    expect(properties.filter((key) => !/\.selectAction$/.test(key))).toEqual([]);
  },
);

const card = (...body: readonly Node[]) => ({
  card: { type: 'AdaptiveCard', version: '1.5', fallbackText: 'A card', body } as never,
  text: 'A card',
  summary: 'A card',
  mentions: [],
});

test('an unknown element is replaced by words and logged', () => {
  const rating = { type: 'Rating', value: 4, label: 'How was it?', items: [{ title: 'Very *good*' }] };
  const translated = translate(card(rating));
  expect(reading(translated)).toBe('Howwasit?Very*good*');
  expect(translated.warnings).toEqual(['Rating: not known to the translation']);
});

test('an unknown action is replaced by words and logged', () => {
  const actions = [{ type: 'Action.ShowCard', title: 'More', card: { type: 'AdaptiveCard', body: [] } }];
  const translated = translate(card({ type: 'ActionSet', actions }));
  expect(reading(translated)).toBe('More');
  expect(translated.warnings).toEqual(['Action.ShowCard: not known to the translation']);
});

test('a property that could say something isn’t lost silently', () => {
  const pressed = { type: 'Action.Execute', title: 'Open', verb: 'open' };
  const translated = translate(
    card(
      { type: 'Container', items: [{ type: 'TextBlock', text: 'here', color: 'Attention' }], selectAction: pressed },
      { type: 'TextBlock', text: 'nobody sees this', isVisible: false },
    ),
  );
  expect(translated.warnings).toEqual([
    'Container.selectAction: not known to the translation',
    'TextBlock.color: not known to the translation',
    'TextBlock: hidden, and no button shows it',
  ]);
});
