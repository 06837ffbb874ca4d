import { z } from 'zod';
import type { Call } from './http/call.ts';
import type { JsonBody } from './json.ts';
import type { RequestLog } from './request-log.ts';
import type { SimState } from './state/state.ts';
import type { World } from './state/world.ts';
import { contoso } from './estate/contoso.ts';
import { loadScenario, scenarioNames } from './scenarios/scenarios.ts';
import { faultsInput } from './faults.ts';
import { keysOfVm } from './keyvault/keys-of-vm.ts';
import { planScheduled } from './backup/policies/plan-scheduled.ts';
import { ownerToken } from './owner-token.ts';
import { settle } from './settle/settle.ts';

/** The response to a control call. */
type ControlReply = { status: number; body: JsonBody | readonly unknown[] };

/** Whether this is a control call, which is no part of Azure. */
export function isControl(path: string): boolean {
  return path === '/_sim' || path.startsWith('/_sim/');
}

/** What a simulator reports about itself. `setAside`: a file that it couldn't read and has renamed. */
export type About = { pid: number; statePath: string | null; setAside: string | null };

type Running = { world: World; log: RequestLog; about: About };
type Control = (running: Running, body: unknown, query: Call['query']) => ControlReply;

const shown = (body: ControlReply['body']): ControlReply => ({ status: 200, body });

const CONTROLS: Record<string, Control> = {
  'GET /_sim': ({ world, about }) => shown({ simulator: 'kluis', ...about, ...clockBody(world) }),
  'GET /_sim/identity': ({ world }) => shown(ownerToken(world)),
  'GET /_sim/state': ({ world }, _body, query) => state(world, query.get('parts')),
  'POST /_sim/state': ({ world }, body) => importState(world, body),
  'POST /_sim/reset': ({ world, log }) => reset(world, log),
  'GET /_sim/scenario': () => shown({ names: scenarioNames() }),
  'POST /_sim/scenario': ({ world }, body) => scenario(world, body),
  'POST /_sim/keys': ({ world }, body) => keys(world, body),
  'GET /_sim/clock': ({ world }) => shown(clockBody(world)),
  'POST /_sim/clock': ({ world }, body) => advance(world, body),
  'GET /_sim/faults': ({ world }) => shown(world.state.faults),
  'POST /_sim/faults': ({ world }, body) => addFaults(world, body),
  'DELETE /_sim/faults': ({ world }) => clearFaults(world),
  'GET /_sim/requests': ({ log }) => shown(log.all()),
  'GET /_sim/requests/but-get': ({ log }) => shown(log.all().filter(({ method }) => method !== 'GET')),
  'GET /_sim/rights': ({ log }) => shown(log.rights()),
  'DELETE /_sim/requests': ({ log }) => clearLog(log),
};

/** Carries out a control call. */
export function control(running: Running, call: Pick<Call, 'method' | 'path' | 'query' | 'body'>): ControlReply {
  const name = `${call.method} ${call.path.replace(/\/$/, '')}`;
  const found = Object.hasOwn(CONTROLS, name) ? CONTROLS[name] : undefined;
  return found ? found(running, call.body, call.query) : { status: 404, body: { error: `no control call ${name}` } };
}

function clearFaults(world: World): ControlReply {
  world.state.faults = [];
  world.changed();
  return shown([]);
}

function clearLog(log: RequestLog): ControlReply {
  log.clear();
  return shown([]);
}

/** The state, or only some parts of it: all of it is half a megabyte. */
function state(world: World, parts: string | undefined): ControlReply {
  if (parts === undefined) return shown(world.state as unknown as JsonBody);
  const names = parts.split(',');
  const refused = refusedParts(world, names);
  if (refused) return refused;
  return shown(Object.fromEntries(Object.entries(world.state).filter(([name]) => names.includes(name))) as JsonBody);
}

function refusedParts(world: World, names: readonly string[]): ControlReply | null {
  const unknown = names.filter((name) => !Object.hasOwn(world.state, name));
  return unknown.length === 0
    ? null
    : { status: 400, body: { error: `no such part of the state: ${unknown.join(', ')}` } };
}

/** Replaces the parts of the state that are sent, each as a whole; the rest stays. */
function importState(world: World, body: unknown): ControlReply {
  const parsed = z.record(z.string(), z.unknown()).safeParse(body);
  if (!parsed.success) return { status: 400, body: { error: 'a state is an object' } };
  const refused = refusedParts(world, Object.keys(parsed.data));
  if (refused) return refused;
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

function keys(world: World, body: unknown): ControlReply {
  const parsed = z.strictObject({ vm: z.string() }).safeParse(body);
  if (!parsed.success) return { status: 400, body: { error: 'keys are those of { "vm": "..." }' } };
  const found = keysOfVm(world.state, parsed.data.vm);
  return found ? shown(found) : { status: 404, body: { error: `no VM ${parsed.data.vm}` } };
}

const clockInput = z.strictObject({
  advanceSeconds: z.number().min(0).max(10_000_000).default(0),
  /** For what begins from now on; what is running ends when it would have. */
  speed: z.number().min(1).max(1_000_000).optional(),
});

function advance(world: World, body: unknown): ControlReply {
  const parsed = clockInput.safeParse(body);
  if (!parsed.success)
    return { status: 400, body: { error: 'the clock takes { "advanceSeconds": number, "speed": number }' } };
  const { advanceSeconds, speed = world.speed } = parsed.data;
  const from = world.now().getTime();
  settle(world);
  world.speed = speed;
  world.state.clockOffsetMs += advanceSeconds * 1000;
  planScheduled(world, from, world.now().getTime());
  settle(world);
  world.changed();
  return { status: 200, body: clockBody(world) };
}

function addFaults(world: World, body: unknown): ControlReply {
  const parsed = faultsInput.safeParse(body);
  if (!parsed.success) return { status: 400, body: { error: whatIsWrong(parsed.error) } };
  world.state.faults.push(...parsed.data);
  world.changed();
  return { status: 200, body: world.state.faults };
}

/** Each problem with its field. */
function whatIsWrong({ issues }: z.ZodError): string {
  return nearest(issues)
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ');
}

/** Of several forms that don't match, the problems of the closest. */
function nearest(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union') return [issue];
    const [least = []] = issue.errors.toSorted((one, other) => one.length - other.length);
    return nearest(least).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  });
}

function clockBody(world: World): JsonBody {
  return { now: world.now().toISOString(), offsetSeconds: world.state.clockOffsetMs / 1000, speed: world.speed };
}

/** A new estate, at the real time. */
function fresh(world: World): SimState {
  world.state.clockOffsetMs = 0;
  return contoso(world.now());
}
