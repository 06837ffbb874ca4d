/**
 * Every kind of card on a phone: its verdict and its primary button stand on one screen, in both chats and languages.
 * The cards are drawn by the product and put onto the chat page as messages; no dialog is played for that.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect } from '@jest/globals';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { renderMessage } from '../../src/bot/render-message.ts';
import { pageRouter } from '../../src/lab/page-files.ts';
import type { RenderContext } from '../../src/message/card-data.ts';
import { translate } from '../../src/slack/blocks/translate.ts';
import { browserTest, chromiumPath, startChromium } from '../support/chromium.ts';
import { cardKinds } from '../support/cards/kinds.ts';

/** What is left of a phone's screen of 390 by 844 between the head of the chat and its message box. */
const screen = 713;
const phone = { width: 390, height: 844 };

let browser: Browser;
let server: Server;
beforeAll(async () => {
  if (!chromiumPath()) return;
  server = createServer(express().use(pageRouter())).listen(0);
  browser = await startChromium();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  server?.close();
});

type Side = 'teams' | 'slack';
type Measured = { readonly kind: string; readonly toButton: number; readonly whole: number; readonly wide: boolean };

for (const side of ['teams', 'slack'] as const) {
  browserTest(
    `in ${side} the verdict and the primary button of every card stand on one screen of a phone`,
    async () => {
      const page = await openBare(side);
      const measured: (Measured & { locale: string })[] = [];
      for (const locale of ['en', 'nl'] as const) {
        const drawn = await Promise.all(Object.keys(cardKinds).map((kind) => messageOf(kind, { side, locale })));
        const found = await page.evaluate(measure, { side, locale, drawn } as Given as never);
        measured.push(...found.map((one) => ({ ...one, locale })));
      }
      if (process.env['SHOW_HEIGHTS']) console.table(measured);
      expect(measured.length).toBeGreaterThan(2 * 26);
      expect(measured.filter(({ toButton, wide }) => toButton > screen || wide)).toEqual([]);
    },
  );
}

async function messageOf(kind: string, { side, locale }: { side: Side; locale: RenderContext['locale'] }) {
  const look = { locale, timeZone: 'Europe/Amsterdam', simulated: true };
  const made = renderMessage(await cardKinds[kind]!(look), look);
  return { kind, content: side === 'teams' ? made.card : (translate(made, { locale }).messages[0] ?? []) };
}

/** The chat page without a chat: its styles and its modules, and nobody who is signed in. */
async function openBare(side: Side): Promise<Page> {
  const context = await browser.newContext({ viewport: phone });
  const page = await context.newPage();
  await page.route('**/start.js', (route) => route.abort());
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate((value) => (document.body.dataset['side'] = value), side);
  return page;
}

type Given = { readonly side: Side; readonly locale: string; readonly drawn: { kind: string; content: unknown }[] };

/** Runs in the page. */
async function measure({ side, locale, drawn }: Given): Promise<Measured[]> {
  const load = async (path: string) =>
    (await import(`/_lab/page/${path}`)) as Record<string, (...all: unknown[]) => never>;
  const log = document.getElementById('log') as HTMLElement;
  const nothing = () => Promise.resolve();
  const both = { locale, as: 'ana', press: nothing, search: nothing, suggest: nothing };
  const time = '2026-11-24T02:15:00Z';
  let draw: (content: unknown, id: number) => HTMLElement;
  if (side === 'teams') {
    const { setUpRenderer } = await load('card.js');
    const { createMessage } = await load('message.js');
    const { wordsOf } = await load('words.js');
    setUpRenderer!();
    const from = { name: 'Kluis', person: null };
    const rest = { time, from, text: '', entities: [], conversation: 'a:1' };
    draw = (content, id) =>
      (
        createMessage!({ id: `${id}`, cards: [content], ...rest }, { ...both, words: wordsOf!(locale) }) as {
          node: HTMLElement;
        }
      ).node;
  } else {
    const { createSlackMessage } = await load('slack/message-node.js');
    const { slackWords } = await load('slack/slack-words.js');
    const rest = { channel: 'D1', from: 'bot', user: 'U1', text: '', reactions: [], replies: 0, values: {} };
    const names = {
      nameOf: () => 'Kluis',
      channelName: () => 'ops',
      isMe: () => false,
      replyTo: () => false,
      everybody: [],
    };
    const context = { ...both, ...names, words: slackWords!(locale) };
    draw = (blocks, id) =>
      (createSlackMessage!({ ts: `1764000000.${id}`, blocks, ...rest }, context) as { node: HTMLElement }).node;
  }
  const nodes = drawn.map(({ content }, index) => draw(content, index));
  log.replaceChildren(...nodes);
  return nodes.map((node, index) => {
    const card = (node.querySelector('.card, .slack-body') ?? node) as HTMLElement;
    const title = card.querySelector('[role="heading"], h3, .block')!.getBoundingClientRect();
    const primary = card.querySelector(
      '.style-positive, .slack-button.primary, .style-destructive, .slack-button.danger',
    );
    const box = card.getBoundingClientRect();
    const bottom = (primary ?? card.querySelector('[role="heading"], h3, .block')!).getBoundingClientRect().bottom;
    return {
      kind: drawn[index]!.kind,
      toButton: Math.round(bottom - title.top),
      whole: Math.round(box.height),
      wide: document.documentElement.scrollWidth > window.innerWidth,
    };
  });
}
