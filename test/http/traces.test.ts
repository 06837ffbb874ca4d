import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import { text } from 'node:stream/consumers';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { listening, type Listening } from '../teams/listening.ts';

type Span = {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
};
type Sent = {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
};

let collector: Listening;
let bot: TestBot;
const sent: string[] = [];
const spans = () =>
  sent.flatMap((body) =>
    (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  );

beforeAll(async () => {
  collector = await listening((request, response) => {
    void text(request).then((body) => {
      sent.push(body);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = collector.url; // which the SDK reads itself
  process.env['OTEL_BSP_SCHEDULE_DELAY'] = '100';
  bot = await startBot({ database: 'postgres', env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
});
afterAll(async () => {
  await bot?.[Symbol.asyncDispose]();
  await collector?.[Symbol.asyncDispose]();
  trace.disable();
});

test('from the event over the look to each call to Azure, by ids and without a word of anybody', async () => {
  const chat = await bot.asks('ana', 'backup vm-plain-01');
  await chat.card();
  const lookOf = ({ name, parentSpanId }: Span) =>
    name.startsWith('azure ') ? spans().find((one) => one.name === 'lookup' && one.spanId === parentSpanId) : undefined;
  const look = await eventually('a look with a call of it', () => spans().map(lookOf).find(Boolean));
  expect(spans().map(({ name }) => name)).toEqual(expect.arrayContaining(['turn', 'deliver']));
  const said = Object.fromEntries(look.attributes.map(({ key, value }) => [key, value.stringValue]));
  expect(said).toEqual({ 'kluis.id': expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(sent.join()).not.toMatch(/vm-plain-01|Ana de Vries/);
  expect(sent[0]).toContain('"service.name","value":{"stringValue":"kluis"}');
});
