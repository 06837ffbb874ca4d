import { z } from 'zod';
import type { IncomingMessage } from 'node:http';
import type { JsonBody } from './json.ts';
import type { RequestLog } from './request-log.ts';
import type { SimState } from './state.ts';
import type { World } from './world.ts';
import { contoso } from './estate/contoso.ts';
import { loadScenario, scenarioNames } from './scenarios/scenarios.ts';
import { faultsInput } from './faults.ts';
import { planScheduled } from './schedule.ts';
import { settle } from './settle.ts';

/** What a control call answers. */
export type ControlReply = { status: number; body: JsonBody | readonly unknown[] };

/** Whether this is a control call: they are no part of Azure. */
export function isControl(path: string): boolean {
  return path === '/_sim' || path.startsWith('/_sim/');
}

/** Control is for this machine only. */
export function isLoopback(request: IncomingMessage): boolean {
  const peer = request.socket.remoteAddress ?? '';
  return peer === '127.0.0.1' || peer === '::1' || peer === '::ffff:127.0.0.1';
}

/** Carries out a control call. */
export function control(
  world: World,
  log: RequestLog,
  call: { method: string; path: string; body: unknown },
): ControlReply {
  const name = `${call.method} ${call.path.replace(/\/$/, '')}`;
  switch (name) {
    case 'GET /_sim/state':
      return { status: 200, body: world.state as unknown as JsonBody };
    case 'POST /_sim/state':
      return importState(world, call.body);
    case 'POST /_sim/reset':
      return reset(world, log);
    case 'GET /_sim/scenario':
      return { status: 200, body: { names: scenarioNames() } };
    case 'POST /_sim/scenario':
      return scenario(world, call.body);
    case 'GET /_sim/clock':
      return { status: 200, body: clockBody(world) };
    case 'POST /_sim/clock':
      return advance(world, call.body);
    case 'GET /_sim/faults':
      return { status: 200, body: world.state.faults };
    case 'POST /_sim/faults':
      return addFaults(world, call.body);
    case 'DELETE /_sim/faults':
      world.state.faults = [];
      world.changed();
      return { status: 200, body: [] };
    case 'GET /_sim/requests':
      return { status: 200, body: log.all() };
    case 'DELETE /_sim/requests':
      log.clear();
      return { status: 200, body: [] };
    default:
      return { status: 404, body: { error: `no control call ${name}` } };
  }
}

/** Takes over the parts of a state that are sent, each as a whole; the rest stays. */
function importState(world: World, body: unknown): ControlReply {
  const parsed = z.record(z.string(), z.unknown()).safeParse(body);
  if (!parsed.success) return { status: 400, body: { error: 'a state is an object' } };
  const unknown = Object.keys(parsed.data).filter((name) => !(name in world.state));
  if (unknown.length > 0) return { status: 400, body: { error: `no such part of the state: ${unknown.join(', ')}` } };
  Object.assign(world.state, parsed.data);
  world.changed();
  return { status: 200, body: { parts: Object.keys(parsed.data) } };
}

function reset(world: World, log: RequestLog): ControlReply {
  world.state = fresh(world);
  log.clear();
  world.changed();
  return { status: 200, body: { reset: true } };
}

function scenario(world: World, body: unknown): ControlReply {
  const parsed = z.strictObject({ name: z.string() }).safeParse(body);
  if (!parsed.success)
    return { status: 400, body: { error: 'a scenario is { "name": "..." }', names: scenarioNames() } };
  const loaded = loadScenario(world, parsed.data.name);
  if (!loaded) return { status: 404, body: { error: `no scenario ${parsed.data.name}`, names: scenarioNames() } };
  world.changed();
  return { status: 200, body: { loaded: parsed.data.name, about: loaded } };
}

function advance(world: World, body: unknown): ControlReply {
  const parsed = z.strictObject({ advanceSeconds: z.number().min(0).max(10_000_000) }).safeParse(body);
  if (!parsed.success) return { status: 400, body: { error: 'the clock takes { "advanceSeconds": number }' } };
  const from = world.now().getTime();
  settle(world);
  world.state.clockOffsetMs += parsed.data.advanceSeconds * 1000;
  planScheduled(world, from, world.now().getTime());
  settle(world);
  world.changed();
  return { status: 200, body: clockBody(world) };
}

function addFaults(world: World, body: unknown): ControlReply {
  const parsed = faultsInput.safeParse(body);
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  world.state.faults.push(...(Array.isArray(parsed.data) ? parsed.data : [parsed.data]));
  world.changed();
  return { status: 200, body: world.state.faults };
}

function clockBody(world: World): JsonBody {
  return { now: world.now().toISOString(), offsetSeconds: world.state.clockOffsetMs / 1000 };
}

/** The estate as new, by the real clock. */
function fresh(world: World): SimState {
  world.state.clockOffsetMs = 0;
  return contoso(world.now());
}
