/**
 * What a person reads in the forecast, and what a restore then does, from the first word typed to its closing card: on
 * generated estates, in the chat, with the approval of somebody else. `forecast-and-restore.test.ts` compares the same
 * on many more estates, without the chat.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { refreshInventory } from '../../src/bot/estate/inventory.ts';
import { words } from '../../src/message/words.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import type { BotChat } from '../support/bot-chat.ts';
import type { CardView } from '../support/card-view.ts';
import { befallen, generated } from '../support/generated-restores.ts';
import { restoreRoles } from '../support/restore-talk.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';

const { say } = words({ locale: 'en', timeZone: 'UTC', simulated: true });
const ask = say('button.ask-approval');

/** `finished`, or the title of the card that it ended on. */
type End = { readonly is: 'finished' | 'refused'; readonly card: string };

describe('what the forecast says in the chat', () => {
  let bot: TestBot;
  let before: Omit<SimState, 'sequence' | 'clockOffsetMs'>;
  beforeAll(async () => {
    const config = `${restoreRoles}encryption: { requireKek: 'off' }\nvaults: { secondRegion: true }\n`;
    // What waits for a person ends at once: nobody comes.
    bot = await startBot({ database: 'postgres', config, speed: 100_000, waits: { obstacleStays: 1 } });
    const { sequence: _sequence, clockOffsetMs: _offset, ...state } = await bot.azure.state();
    before = state;
  });
  afterAll(() => bot?.[Symbol.asyncDispose]());

  const forecastOf = async (vm: string) => {
    const { shown } = await (await bot.asks('ana', `backup forecast ${vm}`)).card();
    if (/can't be restored/i.test(shown)) return { says: 'impossible', shown } as const;
    return { says: shown.includes('The VM can be restored today') ? 'possible' : 'nothing', shown } as const;
  };

  const looked = (chat: BotChat, before = '') =>
    chat.until('the next card', async () => {
      const card = await chat.card();
      return card.shown === before || card.shown.startsWith('⏳') ? null : card;
    });
  /** The card after a click, once nothing is being read any more. */
  const clicked = async (chat: BotChat, inputs: Readonly<Record<string, string>>) => {
    const { shown } = await chat.card();
    await chat.clicks('Continue', inputs);
    return looked(chat, shown);
  };
  const choices = (card: CardView, input: string) => (card.inputs[input]?.choices ?? []).map(({ value }) => value);
  const end = (is: End['is'], { shown }: CardView): End => ({ is, card: shown });

  /** To the places that are made for it first; then to any other that is offered. */
  async function restores(vm: string): Promise<End> {
    const rank = (group: string) => Number(!/\/rg-(restore|neu)$/.test(group));
    let last: End | null = null;
    for (let at = 0; ; at += 1) {
      const chat = await bot.asks('ana', `backup restore ${vm}`);
      const which = await looked(chat);
      const [point] = choices(which, 'point');
      if (point === undefined) return end('refused', which);
      const where = await clicked(chat, { point });
      const accounts = choices(where, 'account');
      const groups = choices(where, 'group').toSorted((a, b) => rank(a) - rank(b));
      const places = groups.flatMap((group) => accounts.map((account) => ({ group, account })));
      const place = places[at];
      if (!place) return last ?? end('refused', where);
      const how = { ...place, reason: 'a table was dropped', make: 'disks' };
      const sure = await clicked(chat, where.inputs['priority'] ? { ...how, priority: 'High' } : how);
      if (sure.titles.includes(ask)) return approved(chat);
      last = end('refused', sure);
    }
  }

  async function approved(chat: BotChat): Promise<End> {
    await chat.clicks(ask);
    await chat.untilWaits('0 of 1');
    await chat.as('ben').clicks(say('button.approve'));
    const requests = async () => {
      const dialogs = (await bot.rows('dialog')).filter(({ conversation_id }) => conversation_id === chat.id);
      return (await bot.rows('approval_request')).filter(({ dialog_id }) => dialogs.some(({ id }) => id === dialog_id));
    };
    const status = await chat.until('its end', async () => {
      const [operation] = await bot.operationsIn(chat);
      if (operation && operation.status !== 'running') return operation.status;
      const isOpen = (await requests()).some(({ state }) => ['pending', 'approved', 'started'].includes(state));
      const said = (await chat.card()).titles.includes(say('button.try-again'));
      return !isOpen || said ? 'not begun' : null;
    });
    const closing = await chat.card();
    return end(status === 'succeeded' ? 'finished' : 'refused', closing);
  }

  test('is what a restore with an approval then does, on 20 estates', async () => {
    const seen = { impossible: 0, possible: 0, nothing: 0 };
    const agree = fc.asyncProperty(generated, async (estate) => {
      await bot.azure.change(befallen(before as SimState, estate));
      await refreshInventory(bot.deps);
      const forecast = await forecastOf(estate.vm);
      const ended = await restores(estate.vm);
      seen[forecast.says] += 1;
      const told = { ...estate, forecast: forecast.shown, card: ended.card };
      if (forecast.says === 'impossible') expect({ ...told, is: ended.is }).toEqual({ ...told, is: 'refused' });
      if (forecast.says === 'possible') expect({ ...told, is: ended.is }).toEqual({ ...told, is: 'finished' });
    });
    await fc.assert(agree, { numRuns: 20, endOnFailure: true });
    expect(Math.min(seen.impossible, seen.possible)).toBeGreaterThan(3);
  });
});
