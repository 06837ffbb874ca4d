import { describe, expect, test } from '@jest/globals';
import { asSheet } from '../../src/message/rendering/as-sheet.ts';
import { maxVerdict, type CardMessage } from '../../src/message/card-data.ts';
import { render } from '../../cards/render.ts';
import { titleAndRest } from '../../src/message/verdict-texts.ts';
import { keysOf, words } from '../../src/message/words.ts';
import { refusalText } from '../../src/bot/refusal-text.ts';
import { refusalCodes, refuse } from '../../src/core/refusal.ts';
import { checkCard } from '../support/check-card.ts';
import { cardKinds } from '../support/cards/kinds.ts';
import { longNamedKinds } from '../support/cards/long-names.ts';

const buttonsIn = (message: CardMessage) => asSheet(message).buttons ?? [];
/** Whether a card has something that its Cancel would cancel: what it would start, or what is running. */
const isCancellable = (message: CardMessage): boolean => {
  const { mark, body = [] } = asSheet(message);
  const inRows = body.flatMap((block) =>
    block.kind === 'rows' ? block.rows.flatMap(({ button }) => button ?? []) : [],
  );
  return mark === 'busy' || [...buttonsIn(message), ...inRows].some(({ verb }) => verb === 'submit');
};

/** The items of every list, folded or not. */
const listsOf = ({ body = [], details = [] }: ReturnType<typeof asSheet>): string[] =>
  [...body, ...details.flatMap((section) => section.body)].flatMap((block) =>
    block.kind === 'list' ? block.items.map(({ text }) => text) : [],
  );

describe.each(['en', 'nl'] as const)('in %s', (locale) => {
  const look = { locale, timeZone: 'Europe/Amsterdam', simulated: true };
  const { say } = words(look);

  test.each(Object.entries(cardKinds))('the card %s has one anatomy', async (_, draw) => {
    const message = await draw(look);
    const { title, why = '', details = [] } = asSheet(message);
    expect(Array.from(title).length > maxVerdict ? title : 'short').toBe('short');
    expect(why).not.toContain(title);
    expect(details.map((section) => section.body.length)).not.toContain(0);
    const primary = buttonsIn(message).filter(({ style }) => style === 'positive');
    expect(primary.length).toBeLessThanOrEqual(1);
    const titles = buttonsIn(message).map((button) => button.title);
    expect(titles.includes(say('button.cancel')) && titles.includes(say('button.close'))).toBe(false);
    expect(titles.includes(say('button.cancel')) && !isCancellable(message)).toBe(false);
    // What can't be undone needs a reason, is asked on a card of its own, or asks first.
    const acts = buttonsIn(message).filter(
      ({ style, verb, withInputs, asksFirst }) =>
        style === 'destructive' && verb !== 'command' && !withInputs && !asksFirst,
    );
    expect(asSheet(message).mark === 'busy' ? acts : []).toEqual([]);
    expect(checkCard(render(asSheet(message), look))).toEqual([]);
  });

  test('what a plan brings about ends without a full stop, on every request', async () => {
    const kinds = Object.entries(cardKinds).filter(([kind]) => /^(request|break-glass|continue)-/.test(kind));
    const lists = await Promise.all(kinds.map(async ([, draw]) => listsOf(asSheet(await draw(look)))));
    expect(lists.flat().length).toBeGreaterThan(100);
    expect(lists.flat().filter((text) => text.endsWith('.'))).toEqual([]);
  });

  test('every verdict stays short with long names', async () => {
    const drawn = Object.entries(await longNamedKinds()).map(async ([kind, draw]) => {
      return [kind, asSheet(await draw(look)).title] as const;
    });
    const titles = await Promise.all(drawn);
    expect(titles.filter(([, title]) => title.includes('-prod-weu-0')).length).toBeGreaterThan(100);
    expect(titles.filter(([, title]) => Array.from(title).length > maxVerdict)).toEqual([]);
  });

  test('so does what a rule keeps anybody from starting', () => {
    const ruled = ['denied-by-rule', 'needs-approval', 'too-few-approvals', 'not-from-channel'] as const;
    const told = ruled.flatMap((code) =>
      keysOf('may').map((what) =>
        refusalText(words(look), refuse(code, { what, on: 'vm-sql-prod-weu-01', approvals: 2, rule: 'tag:env=prod' })),
      ),
    );
    expect(told.filter(({ title }) => Array.from(title).length > maxVerdict)).toEqual([]);
    expect(told.filter(({ title, text }) => ![title, ...text].join(' ').includes('vm-sql-prod-weu-01'))).toEqual([]);
  });

  test.each(refusalCodes)('the refusal %s fits a title with its first sentence', (code) => {
    for (const state of ['approved', 'denied', 'expired', 'withdrawn', 'revoked', 'superseded', 'refused', 'started']) {
      const whole = words(look).refusal(
        refuse(code, {
          ...{
            state,
            ticket: 'CHG0031234',
            given: '2026-13-40',
            wish: 'files',
            approvals: 2,
            command: 'backup x',
            tries: 3,
          },
          ...{ subnet: 'vnet-prod-weu/snet-restore', size: 'Standard_D4s_v6' },
        }),
      );
      const { title, text } = titleAndRest(whole);
      expect(Array.from(title).length > maxVerdict ? title : 'short').toBe('short');
      expect([title, ...text].join(' ')).toBe(whole);
    }
  });
});
