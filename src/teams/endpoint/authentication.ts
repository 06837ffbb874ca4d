import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type Activity,
  type ConfigurationBotFrameworkAuthenticationOptions,
} from 'botbuilder';
import { PasswordServiceClientCredentialFactory } from 'botframework-connector';
import type { TeamsSettings } from '../settings.ts';
import { publicKeys, shareKeys, type KeyReads } from './signing-keys.ts';

/** The issuer of the tokens with which Teams calls the bot, and the audience of the bot's own tokens. */
export const botFramework = 'https://api.botframework.com';

const login = 'https://login.microsoftonline.com/botframework.com';

/**
 * The bot's identity in botbuilder's form; throws if the settings of its type are incomplete. botbuilder knows
 * federated credentials only of a managed identity: with a token file it only compares the ID that a caller names.
 */
function credentialFactory(settings: TeamsSettings): PasswordServiceClientCredentialFactory {
  const { appId, appTenantId, tokenFilePath } = settings;
  if (appId && tokenFilePath) return new PasswordServiceClientCredentialFactory(appId, '', appTenantId ?? '');
  return new ConfigurationServiceClientCredentialFactory(named(settings));
}

type Proving = {
  readonly settings: TeamsSettings;
  readonly openIdMetadataUrl?: string;
  readonly keyReads?: Partial<KeyReads>;
};

/**
 * How botbuilder verifies callers. `openIdMetadataUrl` is where the Bot Framework's keys are read, for an issuer other
 * than the public cloud's; the required issuer and audience stay the same.
 */
export function authentication({
  settings,
  openIdMetadataUrl,
  keyReads,
}: Proving): ConfigurationBotFrameworkAuthentication {
  shareKeys(openIdMetadataUrl ?? publicKeys, keyReads);
  const place = openIdMetadataUrl ? elsewhere(openIdMetadataUrl) : {};
  return new Verification({ ...named(settings), ...place }, credentialFactory(settings));
}

/** Only verifies: botbuilder would create two clients for every activity, and nothing is sent through either. */
class Verification extends ConfigurationBotFrameworkAuthentication {
  override async authenticateRequest(activity: Activity, authorization: string): Promise<Verified> {
    const result = await super.authenticateRequest(activity, authorization);
    return { ...result, connectorFactory: { create: async () => noClient } as unknown as ConnectorFactory };
  }

  override async createUserTokenClient(): ReturnType<ConfigurationBotFrameworkAuthentication['createUserTokenClient']> {
    return noClient;
  }
}

type Verified = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;
type ConnectorFactory = NonNullable<Verified['connectorFactory']>;
const noClient: never = Object.freeze({}) as never;

/** The bot's own token for the connector; `fresh` asks Microsoft again even if the last one hasn't expired. */
export async function fetchToken(settings: TeamsSettings, fresh: boolean): Promise<string> {
  const credentials = await credentialFactory(settings).createCredentials(
    settings.appId ?? '',
    botFramework,
    login,
    true,
  );
  if (!('getToken' in credentials)) throw new TypeError('credentials without tokens');
  return (credentials as { getToken(force: boolean): Promise<string> }).getToken(fresh);
}

/** botbuilder accepts either none of these settings or all of them. */
function elsewhere(openIdMetadataUrl: string): ConfigurationBotFrameworkAuthenticationOptions {
  return {
    ToChannelFromBotLoginUrl: login,
    ToChannelFromBotOAuthScope: botFramework,
    ToBotFromChannelTokenIssuer: botFramework,
    OAuthUrl: botFramework,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
    CallerId: 'urn:botframework:azure',
  };
}

/** The settings under botbuilder's names; it knows undefined but not null. */
function named({ appId, appPassword, appType, appTenantId }: TeamsSettings) {
  return {
    ...(appId && { MicrosoftAppId: appId }),
    ...(appPassword && { MicrosoftAppPassword: appPassword }),
    ...(appType && { MicrosoftAppType: appType }),
    ...(appTenantId && { MicrosoftAppTenantId: appTenantId }),
  };
}
