import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { trace } from '@opentelemetry/api';
import { text } from 'node:stream/consumers';
import { eventually } from '../support/eventually.ts';
import { startBot, type TestBot } from '../support/start-bot.ts';
import { listening, type Listening } from '../teams/listening.ts';

type Span = {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
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

const valueOf = ({ attributes }: Span, key: string) => attributes.find((one) => one.key === key)?.value.stringValue;
const idOf = (span: Span) => valueOf(span, 'kluis.id');
const around = ({ parentSpanId }: Span) => spans().find(({ spanId }) => spanId === parentSpanId);

/** The spans that this one is linked to. */
const linkedTo = ({ links = [] }: Span) =>
  links.flatMap((link) => spans().find(({ spanId }) => spanId === link.spanId) ?? []);

/** The click that led to a piece of work: directly, or through work on another row. */
function clickBefore(to: string, id: string | undefined, hops = 3): Span | undefined {
  const before = spans().filter((one) => one.name === `wake ${to}` && idOf(one) === id);
  const causes = before.flatMap(linkedTo);
  const click = causes.find((cause) => cause.name === 'turn' && valueOf(cause, 'kluis.event') === 'click');
  if (click || hops === 0) return click;
  return causes.map((cause) => clickBefore(cause.name, idOf(cause), hops - 1)).find(Boolean);
}

test('from the event through the reading to each call to Azure, by IDs and without anything that people wrote', async () => {
  const chat = await bot.asks('ana', 'backup vm-plain-01');
  await chat.card();
  const lookOf = ({ name, parentSpanId }: Span) =>
    name.startsWith('azure ') ? spans().find((one) => one.name === 'lookup' && one.spanId === parentSpanId) : undefined;
  const look = await eventually('a look with a call of it', () => spans().map(lookOf).find(Boolean));
  await eventually('the turn and a delivery', () =>
    ['turn', 'deliver'].every((name) => spans().some((one) => one.name === name)),
  );
  const said = Object.fromEntries(look.attributes.map(({ key, value }) => [key, value.stringValue]));
  expect(said).toEqual({ 'kluis.id': expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(sent[0]).toContain('"service.name","value":{"stringValue":"kluis"}');
  expect(sent[0]).toMatch(/"service\.version","value":\{"stringValue":"\d+\.\d+\.\d+"/);
});

test('from the click through the queue to its operation’s stages and each write, by the operation’s ID', async () => {
  const chat = await bot.asks('ana', 'backup vm-sql-01');
  await chat.clicks('Protect only');
  await chat.untilTitle(/vm-sql-01 is protected/);
  const [operation] = await bot.operationsIn(chat);
  const write = await eventually('a write within a stage of it', () =>
    spans().find((one) => {
      const stage = valueOf(one, 'kluis.kind') === 'write' ? around(one) : undefined;
      return stage?.name === 'advance' && idOf(stage) === operation!.id;
    }),
  );
  expect(write.name).toMatch(/^azure /);
  // The operation's ID is that of its trace, whichever process works on it; its click is linked to what it led to.
  expect(write.traceId).toBe(operation!.id.replaceAll('-', ''));
  const click = await eventually('the click that led to it', () => clickBefore('advance', operation!.id));
  expect(click.traceId).not.toBe(write.traceId);
  expect(linkedTo(click).map(({ name }) => name)).toContainEqual(expect.stringMatching(/^wake (lookup|advance)$/));
  const stages = spans().filter((one) => one.name === 'advance' && idOf(one) === operation!.id);
  expect(new Set(stages.map(({ traceId }) => traceId))).toEqual(new Set([write.traceId]));
  expect(sent.join()).not.toMatch(/vm-plain-01|vm-sql-01|Ana de Vries/);
});
