import { describe, expect, test } from '@jest/globals';
import { render } from '../../cards/render.ts';
import { asSheet } from '../../src/message/rendering/as-sheet.ts';
import { checkCard } from '../support/check-card.ts';
import { mockUp } from './mock-ups.ts';

type Tree = { [key: string]: unknown };
const context = { locale: 'en', timeZone: 'UTC', simulated: true } as const;
const good = () => structuredClone(render(asSheet(mockUp('ready', context)), context)) as Tree & { body: Tree[] };

/** The first element of a type, anywhere in the card. */
function first(value: unknown, type: string): Tree | null {
  if (typeof value !== 'object' || value === null) return null;
  if ((value as Tree)['type'] === type) return value as Tree;
  for (const each of Object.values(value)) {
    const found = first(each, type);
    if (found) return found;
  }
  return null;
}
const the = (card: Tree, type: string) => first(card, type)!;

test('the card without added defects has none', () => {
  expect(checkCard(good())).toEqual([]);
});

type Defect = readonly [name: string, spoil: (card: Tree & { body: Tree[] }) => void, finding: RegExp];

const defects: readonly Defect[] = [
  ['an input without label', (c) => delete the(c, 'Input.ChoiceSet')['label'], /input without label/],
  ['an input without id', (c) => delete the(c, 'Input.ChoiceSet')['id'], /unique Id/],
  [
    'a required input without its sentence',
    (c) => Object.assign(the(c, 'Input.ChoiceSet'), { isRequired: true, errorMessage: '' }),
    /errorMessage/,
  ],
  ['a pick-list without choices', (c) => (the(c, 'Input.ChoiceSet')['choices'] = []), /empty choices/],
  ['a preset that is no choice', (c) => (the(c, 'Input.ChoiceSet')['value'] = 'rsv-gone'), /preset is not among/],
  [
    'two choices with one value',
    (c) => {
      const choices = the(c, 'Input.ChoiceSet')['choices'] as Tree[];
      choices[1]!['value'] = choices[0]!['value'];
    },
    /two choices with one value/,
  ],
  ['a misspelled property', (c) => (the(c, 'TextBlock')['wraps'] = true), /unknown property wraps/],
  [
    'a misspelled property of a fact',
    (c) => ((the(c, 'FactSet')['facts'] as Tree[])[0]!['titel'] = ''),
    /property titel/,
  ],
  [
    'an element that only Teams knows',
    (c) => c.body.push({ type: 'ProgressBar', value: 3 }),
    /unknown element ProgressBar/,
  ],
  ['an element without a type', (c) => c.body.push({ text: 'x' }), /unknown element/],
  ['a version that is missing', (c) => delete c['version'], /version missing/],
  ['a version that bots may not send', (c) => (c['version'] = '1.6'), /version 1\.6/],
  ['a TextBlock without text', (c) => delete the(c, 'TextBlock')['text'], /TextBlock without text/],
  ['a TextBlock with a number', (c) => (the(c, 'TextBlock')['text'] = 7), /TextBlock without text/],
  ['a TextBlock with blanks only', (c) => (the(c, 'TextBlock')['text'] = '  '), /TextBlock without text/],
  ['a run without text', (c) => (the(c, 'TextRun')['text'] = ''), /TextRun without text/],
  [
    'a nested card',
    (c) => (the(c, 'ActionSet')['actions'] as Tree[]).push({ type: 'Action.ShowCard', title: 'More', card: good() }),
    /nested card/,
  ],
  ['an Action.Submit', (c) => (the(c, 'Action.Execute')['type'] = 'Action.Submit'), /Action\.Submit/],
  ['an action without title', (c) => (the(c, 'Action.Execute')['title'] = ''), /action without title/],
  ['an action without verb', (c) => delete the(c, 'Action.Execute')['verb'], /without verb/],
  [
    'a link that is not https',
    (c) => (the(c, 'ActionSet')['actions'] as Tree[]).push({ type: 'Action.OpenUrl', title: 'x', url: 'http://x' }),
    /not https/,
  ],
  ['more bytes than fit', (c) => (the(c, 'TextBlock')['text'] = 'é'.repeat(15_000)), /\d+ bytes, more than 28672/],
  ['one id twice', (c) => (the(c, 'Input.ChoiceSet')['id'] = 'details'), /duplicate id details/],
  [
    'a fold without its part',
    (c) => (the(c, 'Action.ToggleVisibility')['targetElements'] = ['nothing-9']),
    /nothing with the id nothing-9/,
  ],
  [
    'seven actions in a row',
    (c) => {
      const actions = the(c, 'ActionSet')['actions'] as Tree[];
      while (actions.length < 7) actions.push(structuredClone(actions[0]!));
    },
    /7 actions shown/,
  ],
  ['an empty row of actions', (c) => (the(c, 'ActionSet')['actions'] = []), /empty actions/],
  ['an empty container', (c) => c.body.push({ type: 'Container', items: [] }), /empty container/],
  ['facts that are none', (c) => (the(c, 'FactSet')['facts'] = []), /empty facts/],
  ['no fallback text', (c) => delete c['fallbackText'], /fallbackText missing/],
  ['a narrow card', (c) => delete c['msteams'], /not full width/],
  ['a value that the schema does not have', (c) => (the(c, 'TextBlock')['size'] = 'Gigantic'), /parser: .*size/i],
];

describe('a card is rejected that has', () => {
  test.each(defects)('%s', (_name, spoil, finding) => {
    const card = good();
    spoil(card);
    expect(checkCard(card).join('\n')).toMatch(finding);
  });
});
