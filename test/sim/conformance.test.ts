import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startSimulator } from '../../src/sim/server.ts';
import type { Simulator } from './support/simulated-azure.ts';
import type { SimState } from '../../src/sim/state/state.ts';
import { exchanges, type Exchange, type Recorded } from './wire/exchange.ts';
import { fixtureOf, importJob } from './wire/fixture.ts';
import { judged } from './wire/known-differences.ts';
import { inOneVault, operationIn, unmadeOperation } from './wire/operation-id.ts';
import { shapeDifferences, skeleton } from './wire/shape.ts';

/**
 * Replays recorded Azure: for every exchange whose call is simulated, the same status, the same header names and the
 * same shape of body. The simulator's clock stands still and is advanced only where a recorded poll shows that
 * something has happened meanwhile.
 */

const found = exchanges();
const notThere: string[] = [];
const reported: string[] = [];
let now = new Date('2026-03-02T10:00:00.123Z');
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ speed: 1, now: () => now });
});

afterAll(async () => {
  await simulator.close();
  if (notThere.length > 0) console.log(`The simulator does not have these recorded calls:\n  ${notThere.join('\n  ')}`);
  if (reported.length > 0) console.log(`Not here, and nobody reads it:\n  ${reported.join('\n  ')}`);
});

describe('replay of recorded Azure', () => {
  for (const { file, exchange } of found) {
    const unmade = unmadeOperation(exchange);
    if (unmade) test.skip(`${file}: the write that began operation ${unmade} is not in it`, () => undefined);
    else test(file, () => replay(file, exchange));
  }

  test('most recorded calls are simulated', () => {
    expect(notThere.length).toBeLessThan(found.length / 2);
  });
});

test('fields that nobody reads, and null errors, are only reported; any other missing field fails', () => {
  const real = { sourceSideScanning: {}, hsmPoolResourceId: 'x', errorDetails: null, error: null, endTime: null, a: 1 };
  const { failing, reported: told } = judged('f', shapeDifferences(real, {}));
  expect(failing).toEqual(['body.endTime: missing (null in Azure)', 'body.a: missing']);
  expect(told).toHaveLength(4);
});

test('an operation that a file only follows is known by an answer that names it, in the singular too', () => {
  const followed = (body: unknown): string | null =>
    unmadeOperation({
      source: '',
      request: { method: 'GET', path: '/vaults/v/operationStatus/MjA0Nw==?api-version=2026-01-01' },
      responses: [{ status: 200, headers: {}, body }],
    });
  expect([followed(null), followed({ name: 'MjA0Nw==' })]).toEqual(['MjA0Nw==', null]);
});

type Answer = { status: number; headers: Headers; body: unknown };

async function replay(file: string, given: Exchange): Promise<void> {
  const exchange = inOneVault(given);
  const fixture = fixtureOf(exchange);
  await control('POST', '/_sim/reset');
  await control('POST', '/_sim/state', fixture);
  const ids = new Map<string, string>();
  const first = await opening(exchange, ids);
  if (first && isMissing(first)) {
    notThere.push(`${exchange.request.method} ${skeleton(exchange.request.path)} (${file})`);
    return;
  }
  const alternatives = exchange.responses.filter((recorded) => !recorded.poll);
  for (const [at, recorded] of exchange.responses.entries()) {
    if (!recorded.poll && first && exchange.request.method !== 'GET') {
      if (at > 0) continue;
      const tries = alternatives.map((one) => differences(one, first));
      expectNone(
        file,
        tries.reduce((best, next) => (next.length < best.length ? next : best)),
      );
      continue;
    }
    const asked = recorded.poll ?? exchange.request;
    await prepare(recorded, ids, fixture);
    await prepareCompute(asked.path, recorded);
    const mine = await until(asked, recorded, ids);
    learn(recorded.body, mine.body, ids);
    expectNone(file, differences(recorded, mine));
  }
}

/** Sends the request that opens the exchange if it is a write, and notes its operation's name here. */
async function opening(exchange: Exchange, ids: Map<string, string>): Promise<Answer | null> {
  if (exchange.request.method === 'GET') {
    const probe = await send(exchange.request, ids);
    return isMissing(probe) ? probe : null;
  }
  const answer = await send(exchange.request, ids);
  const mine = /\/([^/?]+)\?/.exec(
    answer.headers.get('location') ?? answer.headers.get('azure-asyncoperation') ?? '',
  )?.[1];
  for (const { poll, headers } of exchange.responses) {
    const theirs = operationIn(poll?.path ?? headers.location ?? headers['azure-asyncoperation'] ?? '');
    if (theirs && mine) ids.set(theirs, mine);
  }
  return answer;
}

/** A job or an operation that this exchange didn't create itself is put into the recorded state. */
async function prepare(recorded: Recorded, ids: Map<string, string>, fixture: SimState): Promise<void> {
  const body = (recorded.body ?? {}) as {
    id?: string;
    name?: string;
    status?: string;
    properties?: { jobId?: string };
  };
  const name = String(body.name ?? '');
  if (ids.has(name)) return;
  if (/\/backupJobs\/[^/]+$/i.test(String(body.id ?? ''))) {
    importJob(fixture, body as Record<string, unknown>);
    await control('POST', '/_sim/state', { jobs: fixture.jobs });
  }
  if ((body.id === name || operationIn(String(body.id)) === name) && body.status && name) {
    const vault = fixture.vaults[0];
    const vaultId = `/subscriptions/${vault?.subscription}/resourceGroups/${vault?.resourceGroup}/providers/Microsoft.RecoveryServices/vaults/${vault?.name}`;
    const jobId = body.properties?.jobId;
    const operation = { id: name, vaultId, status: body.status, start: now.toISOString(), ...(jobId ? { jobId } : {}) };
    await control('POST', '/_sim/state', { operations: [operation] });
  }
}

/** A long-running call of Compute is put into the recorded state. */
async function prepareCompute(path: string, recorded: Recorded): Promise<void> {
  const call = /^\/subscriptions\/([^/]+)\/providers\/Microsoft\.Compute\/locations\/([^/]+)\/operations\//i.exec(path);
  if (!call) return;
  const { name: id, startTime: start, endTime: end } = recorded.body as Record<string, string>;
  const [, subscription, location] = call;
  const operation = { id, subscription, location, kind: 'operations', start, ...(end ? { end } : {}) };
  await control('POST', '/_sim/state', { computeOperations: [operation] });
}

/** Polls until the recorded answer is true here: an operation's or a job's status, or the status code. */
async function until(
  asked: { method: string; path: string },
  recorded: Recorded,
  ids: Map<string, string>,
): Promise<Answer> {
  let answer = await send(asked, ids);
  for (let minutes = 0; minutes < 120 && !agrees(recorded, answer); minutes += 1) {
    now = new Date(now.getTime() + 5000);
    answer = await send(asked, ids);
  }
  return answer;
}

function agrees(recorded: Recorded, answer: Answer): boolean {
  if (recorded.status !== null && recorded.status !== answer.status) return false;
  const wanted = statusOf(recorded.body);
  return wanted === undefined || wanted === statusOf(answer.body);
}

function statusOf(body: unknown): string | undefined {
  const own = (body ?? {}) as {
    status?: string;
    properties?: { status?: string };
    value?: { properties?: { protectionState?: string } }[];
  };
  return own.status ?? own.properties?.status ?? own.value?.[0]?.properties?.protectionState;
}

function learn(real: unknown, mine: unknown, ids: Map<string, string>): void {
  const theirs = (real as { properties?: { jobId?: string } } | null)?.properties?.jobId;
  const ours = (mine as { properties?: { jobId?: string } } | null)?.properties?.jobId;
  if (theirs && ours) ids.set(theirs, ours);
}

function differences(recorded: Recorded, mine: Answer): string[] {
  const status =
    recorded.status === null || recorded.status === mine.status
      ? []
      : [`status: ${recorded.status} in Azure, ${mine.status} here`];
  const headers = Object.keys(recorded.headers)
    .filter((name) => !mine.headers.has(name))
    .map((name) => `header ${name}: missing`);
  const urls = ['location', 'azure-asyncoperation'].flatMap((name) => {
    const theirs = recorded.headers[name];
    const ours = mine.headers.get(name);
    return theirs && ours && skeleton(theirs) !== skeleton(ours)
      ? [`header ${name}: ${skeleton(theirs)} in Azure, ${skeleton(ours)} here`]
      : [];
  });
  const body =
    recorded.body === null
      ? mine.body === null
        ? []
        : ['body: none in Azure']
      : shapeDifferences(recorded.body, mine.body);
  return [...status, ...headers, ...urls, ...body];
}

function expectNone(file: string, all: string[]): void {
  const found = judged(file, all);
  reported.push(...found.reported);
  expect(found.failing).toEqual([]);
}

function isMissing(answer: Answer): boolean {
  return JSON.stringify(answer.body ?? '').includes('The simulator has no call');
}

/** Recorded signatures are cut to a stub, which nobody would accept; the URL is answered without one too. */
function unsigned(path: string): string {
  return path.includes('...') ? path.replaceAll(/&[tcsh]=[^&]*/g, '') : path;
}

async function send(call: { method: string; path: string; body?: unknown }, ids: Map<string, string>): Promise<Answer> {
  let path = unsigned(call.path).replace('api-version=unknown', 'api-version=2023-04-02');
  for (const [theirs, ours] of ids) path = path.replaceAll(theirs, ours);
  const body = call.body === undefined || call.body === null ? undefined : JSON.stringify(call.body);
  const response = await fetch(simulator.url + path, {
    method: call.method,
    headers: {
      authorization: 'Bearer anyone',
      'content-type': 'application/json',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'management.azure.com',
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

async function control(method: string, path: string, body: unknown = {}): Promise<void> {
  const response = await fetch(simulator.url + path, { method, body: JSON.stringify(body) });
  expect(response.status).toBe(200);
}
