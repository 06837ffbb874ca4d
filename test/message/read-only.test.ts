import { describe, expect, test } from '@jest/globals';
import { renderMessage } from '../../src/bot/render-message.ts';
import { words } from '../../src/message/words.ts';
import type { OutgoingMessage } from '../../src/bot/port.ts';
import { readAction } from '../../src/slack/blocks/action-value.ts';
import { translate } from '../../src/slack/blocks/translate.ts';
import { viewOf } from '../support/card-view.ts';
import { cardKinds } from '../support/cards/kinds.ts';
import type { Kinds } from '../support/cards/readiness-kinds.ts';

type Sent = { readonly verb: string; readonly data: Readonly<Record<string, unknown>> };

/** What starts or changes something, as its verb or as the beginning of the command that it types. */
const writing = [
  ...['approve', 'begin', 'open-break-glass', 'break-glass', 'cancel-backup', 'go-on', 'clean-up', 'choose-again'],
  ...['take-on', 'assign', 'choose', 'snooze-hour', 'snooze-day', 'snooze-until', 'wake-up', 'intended'],
  ...['submit go', 'submit sure'],
  ...['backup now', 'backup cancel', 'backup stop', 'backup resume', 'backup undelete', 'backup restore'],
  ...['backup exception', 'backup drill', 'backup policy', 'backup causes'],
];

/** What it is in that list; null: nothing. */
function writeIn({ verb, data }: Sent): string | null {
  const word = /^(backup \S+) \S/.exec(String(data['command'] ?? ''))?.[1];
  const asked = 'go' in data ? 'submit go' : 'sure' in data ? 'submit sure' : verb;
  const what = verb === 'command' ? word : verb === 'submit' ? asked : verb;
  return writing.find((one) => one === what) ?? null;
}

/** What the buttons of a message send, in Teams and in Slack, there with those of its form. */
function sentIn(drawn: OutgoingMessage): Record<'teams' | 'slack', Sent[]> {
  const { messages, modal, overflow } = translate(drawn, { locale: drawn.locale ?? 'en' });
  const lookup = (key: string) => overflow.get(key);
  const pressed = Array.from(JSON.stringify(messages).matchAll(/"value":("(?:[^"\\]|\\.)*")/g), ([, value]) =>
    JSON.parse(value as string),
  ) as string[];
  const submitted = modal ? (JSON.parse(modal.private_metadata ?? '') as { a: string[] }).a : [];
  const slack = [...pressed, ...submitted].flatMap((value) => {
    const action = readAction(value, lookup);
    return action ? [{ verb: action.verb, data: (action.data ?? {}) as Sent['data'] }] : [];
  });
  return { teams: [...viewOf(drawn.card).buttons], slack };
}

const usualIn = (locale: 'en' | 'nl') => ({ locale, timeZone: 'Europe/Amsterdam', simulated: true });

type Draw = Kinds[string];
type Drawn = { readonly message: Awaited<ReturnType<Draw>>; readonly usual: OutgoingMessage };
const drawn = new Map<string, Drawn>();

/** A card, and how it is usually rendered; drawn once. */
async function cardOf(name: string, draw: Draw, locale: 'en' | 'nl'): Promise<Drawn> {
  const known = drawn.get(`${name} ${locale}`);
  if (known) return known;
  const message = await draw(usualIn(locale));
  const card = { message, usual: renderMessage(message, usualIn(locale)) };
  drawn.set(`${name} ${locale}`, card);
  return card;
}

describe.each(['en', 'nl'] as const)('in %s, where Kluis is read-only', (locale) => {
  const usual = usualIn(locale);
  const sentence = words(usual).say('ruled.read-only');

  test.each(Object.entries(cardKinds))('the card %s has no button that writes, and says so', async (name, draw) => {
    const { message, usual: before } = await cardOf(name, draw, locale);
    const after = renderMessage(message, { ...usual, readOnly: true });
    const { teams, slack } = sentIn(after);
    expect([...teams, ...slack].flatMap((one) => writeIn(one) ?? [])).toEqual([]);
    const isWhole = viewOf(after.card).titles.length === viewOf(before.card).titles.length;
    if (isWhole) expect(after).toEqual(before);
    else expect(viewOf(after.card).text.split(sentence)).toHaveLength(2);
  });
});

test('otherwise each of these is on some card, in both chats', async () => {
  const all = await Promise.all(Object.entries(cardKinds).map(([name, draw]) => cardOf(name, draw, 'en')));
  const seen = all.map(({ usual }) => sentIn(usual));
  for (const chat of ['teams', 'slack'] as const) {
    const found = new Set(seen.flatMap((sent) => sent[chat].map(writeIn)));
    // No mock-up ends in a way that only another choice helps against.
    expect(writing.filter((one) => !found.has(one))).toEqual(['choose-again']);
  }
});
