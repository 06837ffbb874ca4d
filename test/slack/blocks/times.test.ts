import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderMessage } from '../../../src/bot/render-message.ts';
import type { CardMessage } from '../../../src/message/card-data.ts';
import { asWritten, withInstant, timedPieces } from '../../../src/message/timed-text.ts';
import type { RenderContext } from '../../../src/message/card-data.ts';
import { words } from '../../../src/message/words.ts';
import { translate } from '../../../src/slack/blocks/translate.ts';

const at = new Date('2026-11-26T19:55:00Z');
const seconds = at.getTime() / 1000;
const look: RenderContext = { locale: 'en', timeZone: 'UTC', simulated: false, times: 'instants' };

/** A card with this in its title, its text, and on a button. */
function card(text: string): CardMessage {
  const button = { title: text, verb: 'x', data: {} };
  return { template: 'sheet', data: { mark: 'ok', title: text, why: text, buttons: [button], footer: text } };
}

describe('a time on a card in Slack', () => {
  const said = words(look).dateTime(at);
  const { messages, text } = translate(renderMessage(card(`since ${said}`), look));
  const blocks = JSON.stringify(messages);

  test('is shown in each reader’s time zone, and as written where Slack doesn’t do that', () => {
    expect(blocks).toContain(`<!date^${seconds}^{date_short_pretty} {time}|26 Nov 2026 19:55 UTC>`);
    expect(blocks).toContain('"type":"header","text":{"type":"plain_text","text":"✅ since 26 Nov 2026 19:55 UTC"');
    expect(text).toBe('✅ since 26 Nov 2026 19:55 UTC');
    expect(blocks).toContain('"text":{"type":"plain_text","text":"since 26 Nov 2026 19:55 UTC"');
  });

  test('is an element of its own in rich text, where the words around it would be markup', () => {
    const shown = JSON.stringify(translate(renderMessage(card(`_a_ ${words(look).time(at)}`), look)).messages);
    expect(shown).toContain(`{"type":"date","timestamp":${seconds},"format":"{time}","fallback":"19:55 UTC"}`);
  });

  test('is written out if there are too many for Slack', () => {
    const many = Array.from({ length: 60 }, () => said).join(' ');
    const [shown] = translate(renderMessage(card(many), look)).messages;
    const why = JSON.stringify(shown?.find(({ type }) => type === 'section'));
    expect(why).not.toContain('<!date');
    expect(why).toContain('26 Nov 2026 19:55 UTC');
  });
});

test('Teams gets what is written, and nothing else', () => {
  const { times: _, ...plain } = look;
  expect(words(plain).dateTime(at)).toBe('26 Nov 2026 19:55 UTC');
});

test('whatever a text contains, its visible part stays, and no half of a mark is shown', () => {
  const part = fc.oneof(
    fc.string().filter((text) => !/[\ue000-\ue002]/.test(text)),
    fc.constant(withInstant(at, 'both', '26 Nov 19:55 UTC')),
  );
  fc.assert(
    fc.property(fc.array(part), fc.nat(200), (parts, cutAt) => {
      const whole = parts.join('');
      expect(asWritten(whole)).toBe(parts.map(asWritten).join(''));
      expect(
        timedPieces(whole)
          .map((piece) => piece.text)
          .join(''),
      ).toBe(asWritten(whole));
      expect(asWritten(whole.slice(0, cutAt))).not.toMatch(/[\ue000-\ue002]/);
    }),
  );
});
