/**
 * What the buttons and inputs of the product's cards send. Cards that were posted earlier keep sending it: before a
 * line goes or changes, see that the product still understands it.
 */
import { expect, test } from '@jest/globals';
import { render } from '../../cards/render.ts';
import { asSheet } from '../../src/message/rendering/as-sheet.ts';
import { ofType, type Node } from '../slack/blocks/card-parts.ts';
import { cardKinds } from '../support/cards/kinds.ts';
import { goldenFolder } from '../support/golden-folder.ts';

const golden = goldenFolder('sent');

test('buttons and inputs send what they did before', async () => {
  const look = { locale: 'en', timeZone: 'Europe/Amsterdam', simulated: false } as const;
  const cards = await Promise.all(
    Object.values(cardKinds).map(async (made) => render(asSheet(await made(look)), look)),
  );
  const presses = cards.flatMap((card) => ofType(card, /^Action\.Execute$/)).map(pressOf);
  const inputs = cards
    .flatMap((card) => ofType(card, /^Input\./))
    .map(({ type, id }) => `${String(type)} ${String(id)}`);
  const made = `${[...sorted(presses), ...sorted(inputs)].join('\n')}\n`;
  expect(made).toBe(golden.kept('presses-and-inputs.txt', made));
});

const sorted = (lines: readonly string[]) => [...new Set(lines)].sort();

function pressOf({ verb, data }: Node): string {
  const sent = Object.entries(data as Node).sort(([one], [other]) => (one < other ? -1 : 1));
  return [String(verb), ...sent.map(([key, value]) => fieldOf(key, String(value)))].join(' ');
}

/** A field, with the word in it that says what is wanted; anything else is an ID or an answer. */
function fieldOf(key: string, value: string): string {
  if (key === 'go') return `go=${value}`;
  return key === 'command' ? `command="${/^[a-z]+( [a-z][a-z-]*(?= |$))?/.exec(value)?.[0] ?? ''}"` : key;
}
