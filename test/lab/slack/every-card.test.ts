import { expect, test } from '@jest/globals';
import { renderMessage } from '../../../src/bot/render-message.ts';
import { checkBlocks } from '../../../src/lab/slack/blocks/check-blocks.ts';
import { checkView } from '../../../src/lab/slack/blocks/check-view.ts';
import type { Fields } from '../../../src/lab/slack/fields.ts';
import type { CardMessage } from '../../../src/message/card-data.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';
import { blockSamples } from '../../message/block-samples.ts';
import { everyCard } from '../../message/every-card.ts';

/** What the emulator refuses of a card in Slack's form, in either language. */
async function refusedOf(cardIn: (look: Parameters<typeof renderMessage>[1]) => CardMessage | Promise<CardMessage>) {
  const found = (['en', 'nl'] as const).map(async (locale) => {
    const look = { locale, timeZone: 'Europe/Amsterdam', simulated: false, times: 'instants' } as const;
    const { messages, modal } = translate(renderMessage(await cardIn(look), look), { origin: 'C0OPS:1764.1' });
    return [
      ...messages.flatMap((blocks) =>
        checkBlocks(blocks as unknown as Fields[], { surface: 'message', at: '/blocks' }),
      ),
      ...(modal ? checkView(modal as unknown as Fields, 'modal') : []),
    ];
  });
  return (await Promise.all(found)).flat();
}

test.each(Object.keys(everyCard))('the emulator accepts the card %s', async (name) => {
  expect(await refusedOf(everyCard[name]!)).toEqual([]);
});

test.each(Object.keys(blockSamples))('the emulator accepts a block of kind %s in each form', async (kind) => {
  for (const message of Object.values(blockSamples[kind] ?? {})) expect(await refusedOf(() => message)).toEqual([]);
});
