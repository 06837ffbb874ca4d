import type { AzureSetting } from './azure-settings.ts';
import type { Reading } from './environment.ts';

/** How Azure Monitor's alerts authenticate: by a secret in their URL, by an Entra token, or by both. */
export type AlertWebhookSetting = {
  /** One, or two while they are being rotated. */
  readonly secrets: readonly string[];
  /** The required audience and issuing tenant of a token; null: tokens aren't accepted. */
  readonly token: { readonly audience: string; readonly tenantId: string } | null;
};

/** The settings of the webhook. */
export const alertNames = ['KLUIS_ALERT_SECRETS', 'KLUIS_ALERT_AUDIENCE'] as const;

/** It is part of a URL, so it has to be too long to guess, and of characters that a URL can contain. */
const secret = /^[\w~.-]{32,200}$/;

/** Reads how alerts authenticate; null: the webhook is closed. */
export function readAlertWebhook(reading: Reading, { tenantId }: AzureSetting): AlertWebhookSetting | null {
  const secrets = (reading.text('KLUIS_ALERT_SECRETS') ?? '').split(/[\s,]+/).filter(Boolean);
  const audience = reading.text('KLUIS_ALERT_AUDIENCE');
  if (secrets.length > 2 || !secrets.every((one) => secret.test(one)))
    reading.complain(
      'KLUIS_ALERT_SECRETS',
      'it is not one or two secrets of at least 32 letters and digits',
      'Make one: openssl rand -hex 32; while you exchange it, write both, separated by a comma',
    );
  if (audience !== null && tenantId === null)
    reading.complain('AZURE_TENANT_ID', 'it is not set, and alerts prove themselves to a tenant', 'Set the tenant id');
  const token = audience !== null && tenantId !== null ? { audience, tenantId } : null;
  return secrets.length === 0 && token === null ? null : { secrets, token };
}
