import fc from 'fast-check';
import { cardMessage, type Button, type CardMessage, type Input } from '../../../src/message/card-data.ts';
import { samplesOf } from '../../support/samples-of.ts';

/** Texts with a meaning in Slack. */
export const slackTexts: readonly string[] = [
  '<!channel> <!here> <!everyone>',
  '<@U0ANA0001> <#C024BE7LR|general> <!subteam^S012>',
  '<https://evil.example|portal> https://evil.example',
  '@channel @here #general',
  '*bold* _italic_ ~gone~ `code` ```fence```',
  '_a_ vm_sql_01 __init__ *x',
  '_of it',
  ':warning: 02:16:00 :100: :)',
  '> quoted\n>>> all of it',
  '＊wide＊ ＿wide＿ ｀wide｀ ～wide～ ＞wide',
  'R&D <b> &lt;b&gt; &amp;amp;',
  '<!date^1392734382^{date}|x>',
  'a|b ](https://evil.example) [x',
];

/** Replaces some of a message's texts by ones that Slack would interpret. */
function withSlackTexts(value: unknown, pick: (place: number) => string | null, count = { at: 0 }): unknown {
  if (Array.isArray(value)) return value.map((each) => withSlackTexts(each, pick, count));
  if (typeof value !== 'object' || value === null) return value;
  const shown = ['text', 'title', 'label', 'note', 'heading', 'caption', 'subtitle', 'footer', 'corner', 'description'];
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const other = typeof each === 'string' && shown.includes(key) ? pick(count.at++) : null;
      return [key, other ?? (key === 'data' && !isShown(each) ? each : withSlackTexts(each, pick, count))];
    }),
  );
}

const isShown = (value: unknown) => typeof value === 'object' && value !== null && 'mark' in value;

/** The caller's own duty: inputs have distinct names, choices distinct values, and a preset is one of them. */
function tidyInputs(inputs: readonly Input[] | undefined, long: string): Input[] | undefined {
  return inputs?.map((input, index) => {
    const named = { ...input, id: `input-${index}` };
    if (named.kind !== 'pick' && named.kind !== 'picks') return named;
    const choices = named.choices.map((choice, nth) => ({ ...choice, value: `choice-${nth}${long}` }));
    if (named.kind === 'picks')
      return { ...named, choices, values: choices.slice(0, named.values.length).map(({ value }) => value) };
    return { ...named, choices, value: named.value === undefined ? undefined : choices[0]?.value };
  });
}

function tidy(message: CardMessage, long: string): CardMessage {
  const buttons = (of: readonly Button[] | undefined) =>
    of?.map((button, index) => ({ ...button, data: { ...button.data, nth: index, ...(long && bulky) } }));
  if (message.template === 'choose') {
    const rows = message.data.rows.map((row, index) => ({ ...row, value: `row-${index}${long}` }));
    return { ...message, data: { ...message.data, rows, more: buttons(message.data.more) } };
  }
  if (message.template === 'notice') {
    return { ...message, data: { ...message.data, buttons: buttons(message.data.buttons) } };
  }
  const { data } = message;
  return { ...message, data: { ...data, inputs: tidyInputs(data.inputs, long), buttons: buttons(data.buttons) } };
}

/** Five answers as long as a card allows: more than a button of Slack carries. */
const bulky = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((key) => [key, key.repeat(500)]));
/** As long as Azure's IDs. */
const longId = `/${'subscriptions/00000000-0000-0000-0000-00000000c0de/'.repeat(4)}`;

const changes = fc.array(fc.option(fc.constantFrom(...slackTexts), { freq: 2 }), { minLength: 40, maxLength: 40 });

/** Messages of every template with arbitrary texts everywhere, including long IDs and bulky data. */
export const sampleMessages: fc.Arbitrary<CardMessage> = fc
  .tuple(samplesOf(cardMessage), changes, fc.constantFrom('', longId))
  .map(([message, texts, long]) => {
    const changed = withSlackTexts(message, (place) => texts[place % texts.length] ?? null);
    return tidy(changed as CardMessage, long);
  });
