import { setTimeout as wait } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from './state/world.ts';
import { arm } from './arm.ts';
import { control, isControl, type About } from './control.ts';
import { graph, isGraph } from './directory/graph.ts';
import { takeCallFault } from './faults.ts';
import { textOf } from './http/body.ts';
import { readCall, type Call } from './http/call.ts';
import { headersOf, type Counters } from './http/common-headers.ts';
import { ArmRefusal, refusalReply, type Reply } from './http/reply.ts';
import { dataPlane, isDataPlane } from './keyvault/data-plane.ts';
import { blobService, isBlobService } from './storage/blob-service.ts';
import { RequestLog } from './request-log.ts';
import { settle } from './settle/settle.ts';
import { isSignIn, signIn, type SignInReply, type SignInRequest } from './sign-in/sign-in.ts';

type CallFault = NonNullable<ReturnType<typeof takeCallFault>>;

/** Answers every request to the server. The log and the counters live as long as it does. */
export function handlerOf(
  world: World,
  about: About,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const log = new RequestLog();
  const counters: Counters = new Map();
  const signInAt = signIn(world);
  return async (request, response) => {
    const text = await textOf(request);
    const call = readCall(world, request, text);
    if (isSignIn(call.path)) return sendSignIn(response, signInAt(signInRequest(call, text)));
    if (isControl(call.path)) return answerControl({ world, log, call, about }, response);
    const entry = log.add(call);
    settle(world);
    const fault = takeCallFault(world.state.faults, {
      method: call.method,
      path: call.sent,
      from: call.caller?.name ?? '',
    });
    if (fault?.latencyMs) await wait(fault.latencyMs);
    const reply = replyOf(call, fault);
    log.addRights(call);
    if (fault?.drop) {
      request.socket.destroy();
      return;
    }
    entry.status = reply.status;
    const { status, body, content } = reply;
    send(response, { status, headers: headersOf(call, reply, counters), body, content, raw: fault?.body });
  };
}

function replyOf(call: Call, fault: CallFault | null): Reply {
  const faulty = fault !== null && (fault.status !== undefined || fault.body !== undefined || fault.drop === true);
  if (!faulty || fault.after) {
    const real = answer(call);
    if (!faulty) return fault?.headers ? { ...real, headers: { ...real.headers, ...fault.headers } } : real;
  }
  return { status: fault.status ?? 200, headers: fault.headers ?? {}, limit: 'none' };
}

function answer(call: Call): Reply {
  try {
    if (isDataPlane(call.host)) return dataPlane(call);
    if (isBlobService(call.host)) return blobService(call);
    if (isGraph(call)) return graph(call);
    return arm(call);
  } catch (error) {
    if (error instanceof ArmRefusal) return refusalReply(error);
    const text = error instanceof Error ? error.message : String(error);
    return refusalReply(new ArmRefusal(500, 'InternalServerError', `The simulator is broken: ${text}`));
  }
}

function answerControl(
  asked: { world: World; log: RequestLog; call: Call; about: About },
  response: ServerResponse,
): void {
  const { world, log, call, about } = asked;
  settle(world);
  const reply = control({ world, log, about }, call);
  send(response, { status: reply.status, headers: {}, body: reply.body });
}

/** `raw` is a fault's body: a text is sent as it is, so that it needn't be JSON. */
function send(
  response: ServerResponse,
  answered: Pick<Reply, 'status' | 'content'> & { headers: Record<string, string>; body: unknown; raw?: unknown },
): void {
  const { type, bytes } = contentOf(answered);
  const typed = bytes.length === 0 ? {} : { 'content-type': type };
  const length = answered.status === 204 ? {} : { 'content-length': String(bytes.length) };
  response.writeHead(answered.status, { ...typed, ...length, ...answered.headers });
  response.end(bytes);
}

function contentOf(answered: Pick<Reply, 'content'> & { body: unknown; raw?: unknown }): NonNullable<Reply['content']> {
  const { body, raw, content } = answered;
  if (raw === undefined && content) return content;
  const said = raw ?? body;
  const text = typeof raw === 'string' ? raw : said === undefined ? '' : JSON.stringify(said);
  return { type: 'application/json; charset=utf-8', bytes: Buffer.from(text) };
}

function signInRequest({ method, path, base, sent }: Call, text: string): SignInRequest {
  const query = new URLSearchParams(sent.includes('?') ? sent.slice(sent.indexOf('?')) : '');
  return { method, path, base, query, form: new URLSearchParams(text) };
}

function sendSignIn(response: ServerResponse, reply: SignInReply): void {
  if ('location' in reply) return void response.writeHead(reply.status, { location: reply.location }).end();
  const isPage = 'page' in reply;
  const type = isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(reply.status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(isPage ? reply.page : JSON.stringify(reply.json));
}
