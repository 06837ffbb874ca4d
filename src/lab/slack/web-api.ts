import express, { type Request, type Response, type Router } from 'express';
import { recorded } from '../recorded.ts';
import { decodeArguments } from './call-arguments.ts';
import type { EmulatorParts } from './emulator-parts.ts';
import { fieldsOf } from './fields.ts';
import { methods } from './methods/methods.ts';
import { refused, type Method, type MethodAnswer } from './methods/method.ts';
import { slackFaulty } from './slack-faults.ts';
import { ownOf } from '../../core/own-of.ts';

/** `/api/<method>`: the methods of the Web API, each with Slack's own checks in Slack's own order. */
export function webApiRouter(parts: EmulatorParts): Router {
  const router = express.Router();
  router.use(express.json({ limit: '4mb' }), express.urlencoded({ extended: false, limit: '4mb' }));
  router.use(decodeArguments, recorded(parts.traffic), slackFaulty(parts.faults));
  router.post('/:method', (request, response) => answer(parts, request, response));
  router.get('/:method', (request, response) => answer(parts, request, response));
  router.use(notReadable);
  return router;
}

function answer(parts: EmulatorParts, request: Request, response: Response): void {
  const name = String(request.params['method']);
  const method = ownOf(methods, name);
  response.set('x-slack-req-id', parts.space.nextId('R'));
  if (!method) return send(response, refused('unknown_method', { req_method: name }));
  const args = fieldsOf(request.body);
  response.set({
    'x-oauth-scopes': (parts.scopes ?? method.scopes).join(','),
    'x-accepted-oauth-scopes': method.scopes.join(','),
  });
  const wait = () => (method.perChannel ? parts.limits.take(String(args['channel'])) : 0);
  const refusal = tokenRefusal(parts, response) ?? scopeRefusal(parts, method);
  if (refusal) return send(response, refusal);
  const seconds = wait();
  if (seconds === 0) return send(response, method.run({ args, parts }));
  response.set('Retry-After', String(seconds));
  response.status(429);
  send(response, refused('ratelimited'));
}

function tokenRefusal(parts: EmulatorParts, response: Response): MethodAnswer | undefined {
  const token: unknown = response.locals['token'];
  if (!token) return refused('not_authed');
  if (token !== parts.token) return refused('invalid_auth');
  const { token: state } = parts.space.state;
  if (state === 'uninstalled') return refused('account_inactive');
  return state === 'revoked' ? refused('token_revoked') : undefined;
}

function scopeRefusal({ scopes }: EmulatorParts, method: Method): MethodAnswer | undefined {
  if (!scopes || method.scopes.length === 0 || method.scopes.some((each) => scopes.includes(each))) return undefined;
  return refused('missing_scope', { needed: method.scopes.join(','), provided: scopes.join(',') });
}

function send(response: Response, body: MethodAnswer): void {
  response.json(body);
}

/** An unreadable body is answered in Slack's way. */
// Express knows error handlers by their four parameters.
// oxlint-disable-next-line max-params
function notReadable(_error: unknown, request: Request, response: Response, _next: express.NextFunction): void {
  const isJson = request.is('application/json') !== false;
  send(response, refused(isJson ? 'invalid_json' : 'invalid_form_data'));
}
