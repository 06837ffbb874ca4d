/** Each kind of block in Slack's form: a changed element is a changed line of a file in `test/golden/slack`. */
import { expect, test } from '@jest/globals';
import { renderMessage } from '../../../src/bot/render-message.ts';
import type { CardMessage } from '../../../src/message/card-data.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';
import type { TranslateOptions } from '../../../src/slack/blocks/translation.ts';
import { blockSamples } from '../../message/block-samples.ts';
import { asJson, goldenFolder } from '../../support/golden-folder.ts';
import { slackProblems, type Where } from './slack-limits.ts';

const golden = goldenFolder('slack');

function inSlack(message: CardMessage, where: Where, options: TranslateOptions) {
  const context = { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: false, times: 'instants' } as const;
  const translated = translate(renderMessage(message, context), { locale: 'en', origin: 'C0OPS:1764.1', ...options });
  expect(slackProblems(translated, where)).toEqual([]);
  return translated;
}

/** All of a translation but what is empty for nearly every card. */
function shown({ messages, modal, overflow, fields, warnings }: ReturnType<typeof inSlack>) {
  const [[, ...blocks] = [], ...more] = messages;
  return {
    blocks,
    ...(more.length > 0 && { more }),
    ...(modal && { modal }),
    ...(overflow.size > 0 && { overflow: Object.fromEntries(overflow) }),
    ...(fields.length > 0 && { fields }),
    ...(warnings.length > 0 && { warnings }),
  };
}

test.each(Object.keys(blockSamples))('a block of kind %s is drawn in Slack as before', (kind) => {
  const drawn = Object.entries(blockSamples[kind] ?? {}).map(([form, message]) => {
    const translated = inSlack(message, 'message', {});
    const { text, messages } = translated;
    return [form, kind === 'verdict' ? { text, blocks: messages[0] } : shown(translated)] as const;
  });
  const made = asJson(Object.fromEntries(drawn));
  expect(made).toBe(golden.kept(`${kind}.json`, made));
});

test.each(['home', 'aside'] as const)('elsewhere than in a message (%s) blocks are drawn as before', (surface) => {
  const places = { home: 'home', aside: 'message' } as const;
  const drawn = ['details', 'buttons', 'rows'].map((kind) => {
    const [message] = Object.values(blockSamples[kind] ?? {});
    return [kind, shown(inSlack(message!, places[surface], { surface }))] as const;
  });
  const made = asJson(Object.fromEntries(drawn));
  expect(made).toBe(golden.kept(`on-${surface}.json`, made));
});

test('no file is left over', () => {
  const wanted = [...Object.keys(blockSamples), 'on-home', 'on-aside'].map((kind) => `${kind}.json`);
  expect(golden.files()).toEqual(wanted.sort());
});
