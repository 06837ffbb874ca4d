import type { OwnCredential } from '../../core/own-credential.ts';
import { guidSetting, type Reading } from './environment.ts';

const secrets = [
  ['MicrosoftAppId', 'MicrosoftAppPassword'],
  ['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET'],
  ['KLUIS_GRANT_CLIENT_ID', 'KLUIS_GRANT_CLIENT_SECRET'],
  ['KLUIS_RESTORE_CLIENT_ID', 'KLUIS_RESTORE_CLIENT_SECRET'],
  ['KLUIS_SIGN_IN_CLIENT_ID', 'KLUIS_SIGN_IN_CLIENT_SECRET'],
] as const;
const certificates = [
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'KLUIS_GRANT_CLIENT_CERTIFICATE_PATH',
  'KLUIS_RESTORE_CLIENT_CERTIFICATE_PATH',
] as const;

/** Every credential that is set. Slack's tokens and its signing secret don't expire. */
export function readCredentials(reading: Reading): readonly OwnCredential[] {
  const asSecrets = secrets.flatMap(([id, setting]): OwnCredential[] => {
    const secret = reading.text(setting);
    // Problems with the ID are reported where it is used.
    const appId = guidSetting({ ...reading, complain: () => {} }, id, '');
    return secret === null || appId === null ? [] : [{ setting, by: 'secret', appId, hint: secret.slice(0, 3) }];
  });
  const asCertificates = certificates.flatMap((setting): OwnCredential[] => {
    const path = reading.text(setting);
    return path === null ? [] : [{ setting, by: 'certificate', path }];
  });
  return [...asSecrets, ...asCertificates];
}
