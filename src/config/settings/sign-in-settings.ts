import type { AzureSetting } from './azure-settings.ts';
import { guidSetting, type Reading } from './environment.ts';

/** The sign-in that links people in Slack to people in Entra, configured completely. */
export type SignInSetting = {
  /** Where browsers reach the product, without a trailing slash. */
  readonly publicUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

/** The settings of the sign-in. */
export const signInNames = ['KLUIS_PUBLIC_URL', 'KLUIS_SIGN_IN_CLIENT_ID', 'KLUIS_SIGN_IN_CLIENT_SECRET'] as const;

/** Reads the settings of the sign-in; null if none is set: then only `kluis.yaml` says who is who. */
export function readSignIn(reading: Reading, azure: AzureSetting, publicUrl: string | null): SignInSetting | null {
  const given = signInNames.filter((name) => reading.text(name) !== null);
  // The URL alone may be set for something else: installing the Slack app.
  const isForAnother =
    given.length === 1 && given[0] === 'KLUIS_PUBLIC_URL' && reading.text('SLACK_CLIENT_ID') !== null;
  const clientId = guidSetting(reading, 'KLUIS_SIGN_IN_CLIENT_ID', 'the app registration of the sign-in');
  const clientSecret = reading.text('KLUIS_SIGN_IN_CLIENT_SECRET');
  if (given.length === 0 || isForAnother) return null;
  for (const name of signInNames)
    if (!given.includes(name))
      reading.complain(
        name,
        `it is not set, but ${given.join(', ')} ${given.length > 1 ? 'are' : 'is'}`,
        'Set all three, or none',
      );
  if (azure.tenantId === null)
    reading.complain('AZURE_TENANT_ID', 'it is not set, and people sign in to a tenant', 'Set the tenant id');
  if (publicUrl === null || clientId === null || clientSecret === null || azure.tenantId === null) return null;
  return { publicUrl, tenantId: azure.tenantId, clientId, clientSecret };
}
