/**
 * How an app is installed by OAuth: somebody allows it (`POST /_slack/authorize` stands for Slack's page), and the code
 * that their browser returns with is exchanged for the bot's token. As documented at
 * https://api.slack.com/methods/oauth.v2.access; it hasn't been recorded.
 */
import { randomBytes } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import { fail, type ControlAnswer } from './control-answer.ts';
import type { EmulatorParts } from './emulator-parts.ts';
import { fieldsOf, textOf } from './fields.ts';
import { refused, type MethodAnswer } from './methods/method.ts';
import { slackApp, slackPersonKeys, slackTeam } from './workspace.ts';

/** Somebody is at this URL of Slack's own page, and allows what it asks for. */
export const authorizeSchema = z.strictObject({ as: z.enum(slackPersonKeys as ['ana']), url: z.url() });

/** `POST /_slack/authorize`: where the browser of the person who allowed it is redirected. */
export function authorize(
  { app, grants, space }: EmulatorParts,
  body: z.output<typeof authorizeSchema>,
): ControlAnswer {
  const asked = new URL(body.url).searchParams;
  const [redirectUri, state] = [asked.get('redirect_uri') ?? '', asked.get('state') ?? ''];
  if (!app || asked.get('client_id') !== app.clientId || !URL.canParse(redirectUri))
    return fail(400, 'NoSuchApp', 'No such app.');
  const code = `${slackTeam.id}.${randomBytes(12).toString('hex')}`;
  grants.set(code, { person: space.user(body.as).id, redirectUri, scope: asked.get('scope') ?? '' });
  const location = new URL(redirectUri);
  location.search = new URLSearchParams({ code, state }).toString();
  return { status: 200, body: { location: location.href } };
}

/**
 * The only method without a token. It is separate from the others, so that neither secret nor token is in the traffic
 * log.
 */
export function oauthRouter(parts: EmulatorParts): Router {
  const router = express.Router();
  router.post('/oauth.v2.access', express.urlencoded({ extended: false }), (request, response) => {
    response.json(exchanged(parts, request));
  });
  return router;
}

function exchanged({ app, grants, token, space }: EmulatorParts, request: Request): MethodAnswer {
  const args = fieldsOf(request.body);
  const given = credentialsOf(request.headers.authorization) ?? [
    textOf(args['client_id']),
    textOf(args['client_secret']),
  ];
  if (!app || given[0] !== app.clientId) return refused('invalid_client_id');
  if (given[1] !== app.clientSecret) return refused('bad_client_secret');
  const code = textOf(args['code']);
  const grant = grants.get(code);
  if (!grant) return refused('invalid_code');
  if (textOf(args['redirect_uri']) !== grant.redirectUri) return refused('bad_redirect_uri');
  grants.delete(code);
  space.state.token = 'live';
  return {
    ok: true,
    access_token: token,
    token_type: 'bot',
    scope: grant.scope,
    bot_user_id: slackApp.userId,
    app_id: slackApp.id,
    team: { name: slackTeam.name, id: slackTeam.id },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: grant.person },
  };
}

/** The pair of HTTP's basic authentication. */
function credentialsOf(header: string | undefined): readonly string[] | null {
  const encoded = /^Basic\s+(\S+)$/i.exec(header ?? '')?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
}
