/**
 * The webhook for Azure Monitor's alerts. Polling is what counts, and an Azure alert names no cause: it only brings
 * forward the look at its Recovery Services vault. So an alert that is lost, late, repeated or forged changes nothing
 * but the time of that look. Azure repeats a call on 408, 429, 503 and 504 only.
 */
import express, { Router, type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { loggable, type Log } from '../core/log.ts';

/** What a caller has to prove, and what the webhook does then. */
type AlertWebhook = {
  readonly secrets: readonly string[];
  readonly token: { readonly audience: string; readonly tenantId: string } | null;
  /** Entra's sign-in URL; another one in tests. */
  readonly authority?: string;
  /** Has these vaults looked at now; resolves with those that are known here. */
  readonly expedite: (vaultIds: readonly string[]) => Promise<readonly string[]>;
  readonly log: Log;
};

/** The first-party application that calls secure webhooks, in every tenant of the public cloud: Azns AAD Webhook. */
const azureNotifications = '461e8683-5575-4561-ac7f-899cc907d62a';
/** The app role it has been given in our application. */
const webhookRole = 'ActionGroupsSecureWebhook';
const path = '/alerts/azure-monitor';

/** No ID of Azure has what a database doesn't take. */
const isStorable = (id: string) => id.isWellFormed() && !id.includes('\0');

/** The common alert schema. Which ID in an Azure Backup alert is the vault's hasn't been recorded, so all are read. */
const alertSchema = z.object({
  schemaId: z.literal('azureMonitorCommonAlertSchema'),
  data: z.object({
    essentials: z.object({
      alertId: z.string().max(1000),
      alertTargetIDs: z.array(z.string().max(2000).refine(isStorable)).max(100),
      essentialsVersion: z.string().regex(/^1\./),
    }),
  }),
});
const vaultOf =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.recoveryservices\/vaults\/[^/]+/i;

/** Makes the endpoint. */
export function alertWebhook(options: AlertWebhook): Router {
  const router = Router();
  const keys = keysOf(options);
  router.post(path, prove(options, keys), express.json({ limit: '256kb', type: () => true }), take(options));
  router.use(path, unreadable);
  return router;
}

function keysOf({ token, authority = 'https://login.microsoftonline.com' }: AlertWebhook): JWTVerifyGetKey | null {
  return token && createRemoteJWKSet(new URL(`${authority}/${token.tenantId}/discovery/v2.0/keys`));
}

/** Runs before any of the body is read. */
function prove(options: AlertWebhook, keys: JWTVerifyGetKey | null): RequestHandler {
  return async (request, response, next) => {
    try {
      if (bySecret(request, options.secrets) || (await byToken(request, options, keys))) return next();
      response
        .status(401)
        .json({ error: { code: 'not-proven', message: 'Neither a valid secret nor a valid token.' } });
    } catch (error) {
      options.log.warn({ ...loggable(error) }, 'the keys with which alerts prove themselves could not be read');
      response.status(503).json({ error: { code: 'keys-out-of-reach', message: 'Ask again later.' } });
    }
  };
}

function bySecret({ query }: Request, secrets: readonly string[]): boolean {
  const given = query['secret'];
  if (typeof given !== 'string') return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return secrets.map((one) => timingSafeEqual(digest(one), digest(given))).includes(true);
}

/** A token of our tenant, with us as audience, issued to the caller of secure webhooks, who has the role. */
async function byToken(
  { headers }: Request,
  { token, authority = 'https://login.microsoftonline.com' }: AlertWebhook,
  keys: JWTVerifyGetKey | null,
): Promise<boolean> {
  const [, jwt] = /^Bearer ([\w.-]+)$/.exec(headers.authorization ?? '') ?? [];
  if (!jwt || !token || !keys) return false;
  const issuer = [`https://sts.windows.net/${token.tenantId}/`, `${authority}/${token.tenantId}/v2.0`];
  try {
    const { payload } = await jwtVerify(jwt, keys, { issuer, audience: token.audience, algorithms: ['RS256'] });
    const roles = payload['roles'];
    const caller = payload['appid'] ?? payload['azp'];
    return caller === azureNotifications && Array.isArray(roles) && roles.includes(webhookRole);
  } catch (error) {
    const isTheirs = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
    if (isTheirs && error.code !== 'ERR_JOSE_GENERIC') return false;
    throw error;
  }
}

function take({ expedite, log }: AlertWebhook): RequestHandler {
  return async (request, response) => {
    const parsed = alertSchema.safeParse(request.body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const message = `Not an alert in the common alert schema, version 1: ${issue?.path.join('.') || 'body'}.`;
      return void response.status(400).json({ error: { code: 'unknown-alert', message } });
    }
    const { alertTargetIDs } = parsed.data.data.essentials;
    const vaults = [...new Set(alertTargetIDs.flatMap((id) => vaultOf.exec(id)?.[0].toLowerCase() ?? []))];
    try {
      const known = await expedite(vaults);
      if (known.length > 0) return void response.json({ status: 'taken' });
      const message = 'The alert is about no Recovery Services vault that is known here.';
      response.status(404).json({ error: { code: 'unknown-vault', message } });
    } catch (error) {
      log.error({ ...loggable(error) }, 'an alert could not be taken');
      response.status(503).json({ error: { code: 'not-now', message: 'Ask again later.' } });
    }
  };
}

/** A missing or oversized body: express says which, and none of its text is repeated. */
// Express tells an error handler by its four parameters.
// oxlint-disable-next-line max-params
const unreadable: ErrorRequestHandler = (error: { status?: number }, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status = error.status === 413 ? 413 : 400;
  const message = status === 413 ? 'An alert has at most 256 kB.' : 'The body is no JSON.';
  response.status(status).json({ error: { code: 'unreadable', message } });
};
