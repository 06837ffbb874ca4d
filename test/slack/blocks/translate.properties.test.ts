import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderMessage } from '../../../src/bot/render-message.ts';
import type { OutgoingMessage } from '../../../src/bot/port.ts';
import { fillInputs } from '../../../src/lab/teams/card-inputs.ts';
import type { Element } from '../../../src/lab/teams/card-actions.ts';
import type { CardMessage, RenderContext } from '../../../src/message/card-data.ts';
import { words } from '../../../src/message/words.ts';
import { openForm, readAction } from '../../../src/slack/blocks/action-value.ts';
import { readInputId } from '../../../src/slack/blocks/inputs/input-id.ts';
import { readInputs } from '../../../src/slack/blocks/inputs/read-inputs.ts';
import { readSubmission } from '../../../src/slack/blocks/inputs/submission.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';
import type { Translated } from '../../../src/slack/blocks/translation.ts';
import { ownWords } from '../../../src/slack/blocks/wording.ts';
import { mockUp, mockUpNames } from '../../message/mock-ups.ts';
import { answered } from './answered.ts';
import { addressesIn, laidOut, ofType, wordsOf } from './card-parts.ts';
import { sampleMessages } from './sample-messages.ts';
import { buttonsIn, inputsIn, markups, reading } from './shown-in-slack.ts';
import { slackProblems, type Where } from './slack-limits.ts';
import { slackState, type Interaction } from './slack-state.ts';

const contexts: readonly RenderContext[] = [
  { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: true },
  { locale: 'nl', timeZone: 'Asia/Kolkata', simulated: false },
];
const runs = { numRuns: 150 };

/** A message with all that its card says: Slack shows more than Teams accepts in one card. */
function whole(message: CardMessage, context: RenderContext): OutgoingMessage {
  const { say } = words(context);
  const around = { details: say('card.details'), simulated: context.simulated ? say('card.simulated') : null };
  return { ...renderMessage(message, context), card: laidOut(message, around) };
}

/** Everything that a card's action sends, as a set of JSON texts, and what Slack would send back for it. */
function sentByCard({ card }: OutgoingMessage): string[] {
  return ofType(card, /^Action\.Execute$/)
    .map(({ verb, data, associatedInputs }) => JSON.stringify([verb, data, associatedInputs !== 'none']))
    .sort();
}

function sentBySlack(translated: Translated): string[] {
  const lookup = (key: string) => translated.overflow.get(key);
  const pressed = buttonsIn(translated).map(({ value }) => readAction(value, lookup));
  const metadata = translated.modal?.private_metadata ?? '{"a":[]}';
  const { a } = JSON.parse(metadata) as { a: string[] };
  const submitted = a.map((_value, index) => readSubmission(metadata, chosenState(a.length, index), lookup).action);
  return [...pressed, ...submitted]
    .filter((action) => action?.verb !== openForm)
    .map((action) => JSON.stringify([action?.verb, action?.data, action?.withInputs]))
    .sort();
}

function chosenState(count: number, index: number) {
  return count > 1 ? { 'form.next': { 'form.next': { selected_option: { value: String(index) } } } } : {};
}

function keepsEverything(drawn: OutgoingMessage, translated: Translated): void {
  const there = reading(translated);
  expect(wordsOf(drawn.card).filter((line) => !there.includes(line))).toEqual([]);
  const sent = JSON.stringify(translated);
  const leads = (url: string) => sent.includes(url) || sent.includes(url.replace(/&/g, '&amp;'));
  expect(addressesIn(drawn.card).filter((url) => !leads(url))).toEqual([]);
  expect(sentBySlack(translated)).toEqual(sentByCard(drawn));
  const ids = ofType(drawn.card, /^Input\./).map(({ id }) => id);
  expect(inputIds(translated)).toEqual(ids);
  expect(translated.fields.map(({ id }) => id)).toEqual(ids);
}

function inputIds(translated: Translated): (string | undefined)[] {
  return inputsIn(translated)
    .filter(({ blockId }) => blockId !== 'form.next')
    .map(({ element }) => readInputId(String(element['action_id']), (key) => translated.overflow.get(key))?.id);
}

/** What Slack's mrkdwn would do with it beyond what the translation intended: nothing. */
function obeysNothing(translated: Translated): void {
  for (const markup of markups(translated)) {
    if (/^```[^`]*```$/.test(markup)) {
      expect(markup).not.toMatch(/[<>]/);
      continue;
    }
    const rest = markup.replace(/<https?:\/\/[^\s<>|]+\|[^<>|]*>/g, 'link');
    expect(rest).not.toMatch(/[<>`~＊＿｀～]|^\s*(&gt;|＞)|:[^\s:*]+:|(?<![\p{L}\p{Nd}])_|_(?![\p{L}\p{Nd}])/mu);
    expect(rest.replace(/\*[^*\n]+\*/g, 'bold')).not.toContain('*');
  }
  expect(JSON.stringify(translated)).not.toMatch(/"type":"(user|channel|usergroup|broadcast|emoji)"/);
  expect(translated.text).not.toMatch(/[<>]/);
}

describe.each(contexts)('whatever the cards in $locale say', (context) => {
  const shortened = ownWords(context.locale).shortened.replace(/\s/gu, '');

  test.each([
    ['message', 'closed'],
    ['message', 'open'],
    ['home', 'closed'],
  ] as const)('a %s with folds %s keeps all of it within the limits of Slack', (surface, folds) => {
    fc.assert(
      fc.property(sampleMessages, (message) => {
        const drawn = whole(message, context);
        const translated = translate(drawn, { surface, folds, locale: context.locale });
        expect(slackProblems(translated, surface as Where)).toEqual([]);
        // Our own cards fit (see below); anything larger is split into several messages, and the first one says so.
        const isWhole = translated.messages.length === 1;
        expect(translated.warnings.some((warning) => warning.endsWith('too much for one'))).toBe(!isWhole);
        expect(reading(translated).includes(shortened)).toBe(!isWhole);
        keepsEverything(drawn, answered(drawn, translated));
        obeysNothing(translated);
      }),
      runs,
    );
  });

  test.each(mockUpNames)('the card %s loses nothing and causes no warning', (name) => {
    const drawn = whole(mockUp(name, context), context);
    const translated = translate(drawn, { locale: context.locale });
    expect(slackProblems(translated)).toEqual([]);
    expect(translated.warnings).toEqual([]);
    expect(translated.messages).toHaveLength(1);
    keepsEverything(drawn, answered(drawn, translated));
    obeysNothing(translated);
  });
});

test('what doesn’t fit one fold continues in the next, without a gap', () => {
  const body = (...lines: string[]) => [{ kind: 'code', lines }] as const;
  const details = [
    { title: 'One', body: body('a', 'b', 'c', 'd') },
    { title: 'Two', body: body('e', 'f', 'g', ...['x', 'y', 'z', 'w'].map((each) => each.repeat(2900))) },
  ];
  const message = { template: 'sheet', data: { mark: 'ok', title: 'T', details } } as unknown as CardMessage;
  const drawn = whole(message, contexts[0] as RenderContext);
  const translated = translate(drawn, { folds: 'closed' });
  const titles = JSON.stringify(translated).match(/"Details[^"]*"/g);
  expect(titles).toEqual(['"Details"', '"Details (2)"']);
  keepsEverything(drawn, answered(drawn, translated));
});

const place = fc.array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 4 });
const typing = fc.array(fc.option(fc.string({ unit: 'grapheme', maxLength: 12 })), { minLength: 4, maxLength: 4 });

/** The same person fills in the card in both: by its own IDs in Teams, by Slack's in Slack. */
function filled(drawn: OutgoingMessage, translated: Translated, how: { places: number[]; typed: (string | null)[] }) {
  const inputs = ofType(drawn.card, /^Input\./) as readonly Element[];
  const inTeams: Record<string, unknown> = {};
  const inSlack: Record<string, Interaction> = {};
  const elements = new Map(inputsIn(translated).map(({ element }) => [String(element['action_id']), element]));
  for (const actionId of elements.keys()) {
    const input = inputs.find(({ id }) => id === readInputId(actionId, (key) => translated.overflow.get(key))?.id);
    const at = input ? inputs.indexOf(input) % 4 : 0;
    const typed = how.typed[at];
    if (!input || typed === null || typed === undefined) continue;
    const choices = (input['choices'] ?? []) as readonly { value: string }[];
    const pick = (how.places[at] ?? 0) % Math.max(1, choices.length);
    const isOn = (how.places[at] ?? 0) % 2 === 1;
    if (input.type === 'Input.Text') [inTeams[String(input['id'])], inSlack[actionId]] = [typed, { typed }];
    else if (input.type === 'Input.Toggle') {
      [inTeams[String(input['id'])], inSlack[actionId]] = [isOn, { picked: isOn ? [0] : [] }];
    } else [inTeams[String(input['id'])], inSlack[actionId]] = [choices[pick]?.value, { picked: [pick] }];
  }
  const teams = fillInputs(inputs.map((input) => ({ ...input, isRequired: false })) as Element[], inTeams);
  return { teams: 'values' in teams ? teams.values : teams.problems, state: slackState(translated, inSlack) };
}

test('filled-in values arrive as Teams delivers them, from a message and from a modal', () => {
  const context = contexts[0] as RenderContext;
  let forms = 0;
  fc.assert(
    fc.property(sampleMessages, place, typing, (message, places, typed) => {
      const drawn = whole(message, context);
      const translated = answered(drawn, translate(drawn));
      const { teams, state } = filled(drawn, translated, { places, typed });
      const lookup = (key: string) => translated.overflow.get(key);
      expect(readInputs(state, lookup)).toEqual(teams);
      if (!translated.modal) return;
      forms += 1;
      expect(readSubmission(translated.modal.private_metadata ?? '', state, lookup).inputs).toEqual(teams);
    }),
    { numRuns: 1500 },
  );
  expect(forms).toBeGreaterThan(5);
});

test('the same message is translated the same way again: what a press says by a key can be looked up', () => {
  fc.assert(
    fc.property(sampleMessages, (message: CardMessage) => {
      const drawn = whole(message, contexts[1] as RenderContext);
      expect(translate(drawn)).toEqual(translate(structuredClone(drawn)));
    }),
    { numRuns: 30 },
  );
});
