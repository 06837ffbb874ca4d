import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cardMessage, type CardMessage, type RenderContext } from '../../src/message/card-data.ts';
import { render as renderSheet } from '../../cards/render.ts';
import { asSheet } from '../../src/message/rendering/as-sheet.ts';
import { captionsOf } from '../../src/message/rendering/captions.ts';
import { cardBytes, checkCard } from '../support/check-card.ts';
import { nastyTexts, samplesOf } from '../support/samples-of.ts';
import { mockUp, mockUpNames } from './mock-ups.ts';

const contexts: readonly RenderContext[] = [
  { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: true },
  { locale: 'nl', timeZone: 'Asia/Kolkata', simulated: false },
];

const render = (message: CardMessage, look: RenderContext) => renderSheet(asSheet(message), look);

type Choice = { title: string; value: string };
type Named = { id?: string; kind?: string; value?: string; values?: string[]; choices?: Choice[] };

/** The caller's own duty: inputs have distinct names, choices distinct values, and a preset is one of them. */
function tidy(message: CardMessage): CardMessage {
  if (message.template === 'choose') {
    const rows = message.data.rows.map((row, index) => ({ ...row, value: `row-${index}` }));
    return { ...message, data: { ...message.data, rows } };
  }
  if (message.template !== 'sheet') return message;
  const inputs = message.data.inputs?.map((input, index) => {
    const named: Named = { ...input, id: `input-${index}` };
    const choices = named.choices?.map((choice, nth) => ({ ...choice, value: `choice-${nth}` }));
    const ticked = choices?.slice(0, named.values?.length).map(({ value }) => value);
    if (named.kind === 'picks') return { ...named, choices, values: ticked };
    if (named.kind !== 'pick') return named;
    return { ...named, choices, value: named.value === undefined ? undefined : 'choice-0' };
  });
  return { ...message, data: { ...message.data, inputs: inputs as typeof message.data.inputs } };
}

const messages = samplesOf(cardMessage).map(tidy);

describe.each(contexts)('in $locale', (context) => {
  test.each(mockUpNames)('the card %s is valid', (name) => {
    expect(checkCard(render(mockUp(name, context), context))).toEqual([]);
  });

  test('a card made of anything that the schema accepts is valid', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(checkCard(render(message, context))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

/** The card without any text: its structure remains. */
function skeleton(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((each) => skeleton(each, key));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, skeleton(each, name)]));
  }
  const shown = [
    'text',
    'title',
    'value',
    'label',
    'placeholder',
    'errorMessage',
    'fallbackText',
    'speak',
    'tooltip',
    'url',
  ];
  return shown.includes(key) ? '·' : value;
}

/** Every place in a message with a text to show. */
function textPlaces(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const own = ['id', 'verb', 'data', 'url', 'kind', 'state', 'tone', 'mark', 'template', 'style'];
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (own.includes(key) && !(key === 'data' && path.length === 0)) return [];
    return textPlaces(each, [...path, Array.isArray(value) ? Number(key) : key]);
  });
}

function withText<T>(value: T, [key, ...rest]: readonly (string | number)[], text: string): T {
  if (key === undefined) return text as T;
  const inside = withText((value as Readonly<Record<string | number, unknown>>)[key], rest, text);
  return (Array.isArray(value) ? value.with(Number(key), inside) : { ...value, [key]: inside }) as T;
}

const visible = nastyTexts.filter((text) => text.replace(/[\s\u0085]/g, '') !== '');

test.each(mockUpNames)('no text can change the structure of the card %s', (name) => {
  const context = contexts[0] as RenderContext;
  const message = mockUp(name, context);
  const before = skeleton(render(message, context));
  const asJson = JSON.stringify(before);
  const places = textPlaces(message).filter((path) => path.at(-1) !== 'value' || path.includes('facts'));
  expect(places.length).toBeGreaterThan(2);
  for (const place of places) {
    for (const text of visible) {
      const card = skeleton(render(withText(message, place, text), context));
      // To compare them in full takes as long as to render the card.
      if (JSON.stringify(card) === asJson) continue;
      expect({ place, text: text.slice(0, 40), card }).toEqual({ place, text: text.slice(0, 40), card: before });
    }
  }
});

test('a card that is too large is cut, and keeps its verdict and its first button', () => {
  const context = contexts[0] as RenderContext;
  const long = '🔑'.repeat(5000);
  const many = Array.from({ length: 200 }, (_, index) => ({ text: `${index} ${long}`, note: long }));
  const message: CardMessage = {
    template: 'sheet',
    data: {
      mark: 'block',
      title: `vm-sql-01 ${long}`,
      body: Array.from({ length: 30 }, () => ({ kind: 'list', items: many })),
      inputs: [
        {
          kind: 'pick',
          id: 'vault',
          label: long,
          value: 'v399',
          choices: Array.from({ length: 400 }, (_, index) => ({ title: long, value: `v${index}` })),
        },
      ],
      buttons: Array.from({ length: 40 }, (_, index) => ({ title: long, verb: `do.${index}`, data: { dialog: 'd' } })),
      details: Array.from({ length: 10 }, () => ({ title: long, body: [{ kind: 'code', lines: [long, long] }] })),
    },
  };
  const card = render(message, context);
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(cardBytes);
  expect(checkCard(card)).toEqual([]);
  const { summary } = captionsOf(asSheet(message), context);
  expect(summary).toMatch(/^⛔ vm-sql-01 🔑+…$/u);
  expect(JSON.stringify(card)).toContain('"verb":"do.0"');
  expect(JSON.stringify(card)).toContain('"value":"v399"');
});

test('the summary is the verdict in one line, and the simulator says so on the card and in its fallback', () => {
  const message = mockUp('ready', contexts[0] as RenderContext);
  const simulated = captionsOf(asSheet(message), contexts[0] as RenderContext);
  expect(simulated.summary).toBe('✅ vm-sql-01 is ready to back up');
  expect(simulated.fallbackText).toBe(
    '✅ vm-sql-01 is ready to back up · Next: Protect and back up now (Simulated Azure: nothing here is real)',
  );
  expect(JSON.stringify(render(message, contexts[0] as RenderContext))).toContain(
    'Simulated Azure: nothing here is real',
  );
  const real = render(message, { ...(contexts[0] as RenderContext), simulated: false });
  expect(JSON.stringify(real)).not.toMatch(/simulated/i);
});

test('seven buttons: six are shown, the last is in the overflow menu', () => {
  const buttons = Array.from({ length: 7 }, (_, index) => ({ title: `B${index}`, verb: `do.${index}`, data: {} }));
  const card = render(
    { template: 'notice', data: { mark: 'info', title: 'Seven', buttons } },
    contexts[0] as RenderContext,
  );
  const modes = JSON.stringify(card).match(/"mode":"\w+"/g);
  expect(modes).toEqual([...Array<string>(6).fill('"mode":"primary"'), '"mode":"secondary"']);
});

test('few rows have a button each and many a pick-list; the click sends the same either way', () => {
  const context = contexts[0] as RenderContext;
  const few = JSON.stringify(render(mockUp('choose', context), context));
  expect(few).toContain('"vm":"rg-app/vm-dup-01"');
  expect(few).not.toContain('Input.ChoiceSet');
  const many = JSON.stringify(render(mockUp('chooseOfMany', context), context));
  expect(many).toContain('"id":"vm"');
  expect(many.match(/"verb":"dialog.submit"/g)).toHaveLength(1);
});

test('a button without inputs neither sends nor demands them', () => {
  const card = render(mockUp('ready', contexts[0] as RenderContext), contexts[0] as RenderContext);
  const buttons = JSON.stringify(card).match(/"verb":"[\w.]+"[^]*?"associatedInputs":"\w+"/g) ?? [];
  expect(buttons.map((text) => text.slice(-6))).toEqual(['"auto"', '"auto"', '"none"']);
});
