/**
 * Every kind of card on the chat page, rendered by the product and inserted as messages: the page's styles and modules,
 * with nobody signed in and no dialog played.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { renderMessage } from '../../src/bot/render-message.ts';
import { pageRouter } from '../../src/lab/control/page-files.ts';
import type { RenderContext } from '../../src/message/card-data.ts';
import { translate } from '../../src/slack/blocks/translate.ts';
import { cardKinds } from '../support/cards/kinds.ts';

export type Side = 'teams' | 'slack';
export type Locale = RenderContext['locale'];

/** The chat's pages, served without a bot. */
export function servePages(): { readonly url: string; readonly close: () => void } {
  const server = createServer(express().use(pageRouter())).listen(0);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

/** The chat page on a phone of 390 by 844 pixels, without a chat. */
export async function openBare(browser: Browser, url: string, side: Side): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' });
  await page.route('**/start.js', (route) => route.abort());
  await page.goto(`${url}/`);
  await page.evaluate((value) => (document.body.dataset['side'] = value), side);
  return page;
}

/** Renders every kind of card as a message of its own, marked with its kind; earlier ones are removed. */
export async function drawAll(page: Page, side: Side, locale: Locale): Promise<void> {
  const drawn = await Promise.all(Object.keys(cardKinds).map((kind) => messageOf(kind, { side, locale })));
  // As text: of an object, the browser's driver would translate each of a hundred thousand values.
  await page.evaluate(draw, JSON.stringify({ side, locale, drawn } satisfies Given));
}

async function messageOf(kind: string, { side, locale }: { side: Side; locale: Locale }) {
  const look = { locale, timeZone: 'Europe/Amsterdam', simulated: true };
  const made = renderMessage(await cardKinds[kind]!(look), look);
  return { kind, content: side === 'teams' ? made.card : (translate(made, { locale }).messages[0] ?? []) };
}

type Given = { readonly side: Side; readonly locale: string; readonly drawn: { kind: string; content: unknown }[] };

/** Runs in the page. */
async function draw(given: string): Promise<void> {
  const { side, locale, drawn } = JSON.parse(given) as Given;
  const load = async (path: string) =>
    (await import(`/_lab/page/${path}`)) as Record<string, (...all: unknown[]) => never>;
  const log = document.getElementById('log') as HTMLElement;
  const nothing = () => Promise.resolve();
  const both = { locale, as: 'ana', press: nothing, search: nothing, suggest: nothing };
  const time = '2026-11-24T02:15:00Z';
  let made: (content: unknown, id: number) => HTMLElement;
  if (side === 'teams') {
    const { setUpRenderer } = await load('card/card.js');
    const { createMessage } = await load('conversation/message.js');
    const { wordsOf } = await load('words.js');
    setUpRenderer!();
    const from = { name: 'Kluis', person: null };
    const rest = { time, from, text: '', entities: [], conversation: 'a:1' };
    const context = { ...both, words: wordsOf!(locale === 'nl' ? 'nl-NL' : 'en-GB') };
    made = (content, id) => (createMessage!({ id: `${id}`, card: content, more: [], ...rest }, context) as Drawn).node;
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
    const context = { ...both, ...names, words: slackWords!(locale === 'nl' ? 'nl-NL' : 'en-GB') };
    made = (blocks, id) => (createSlackMessage!({ ts: `1764000000.${id}`, blocks, ...rest }, context) as Drawn).node;
  }
  type Drawn = { node: HTMLElement };
  const nodes = drawn.map(({ content }, index) => made(content, index));
  nodes.forEach((node, index) => (node.dataset['kind'] = drawn[index]!.kind));
  log.replaceChildren(...nodes);
}
