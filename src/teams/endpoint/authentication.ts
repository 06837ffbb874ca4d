import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type Activity,
  type ConfigurationBotFrameworkAuthenticationOptions,
} from 'botbuilder';
import type { TeamsSettings } from '../settings.ts';
import { publicKeys, shareKeys, type KeyReads } from './signing-keys.ts';

/** Who issues the tokens that Teams calls the bot with, and for whom the bot's own tokens are. */
export const botFramework = 'https://api.botframework.com';

const login = 'https://login.microsoftonline.com/botframework.com';

/** The bot's identity as botbuilder keeps it; throws where the settings of its type are incomplete. */
function credentialFactory(settings: TeamsSettings): ConfigurationServiceClientCredentialFactory {
  return new ConfigurationServiceClientCredentialFactory(named(settings));
}

type Proving = {
  readonly settings: TeamsSettings;
  readonly openIdMetadataUrl?: string;
  readonly keyReads?: Partial<KeyReads>;
};

/**
 * How botbuilder checks who calls. `openIdMetadataUrl` is where the keys of the Bot Framework are read, for an issuer
 * other than the public cloud's; who must have issued a token and for whom stays the same.
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

/** Only verifies: botbuilder would make two clients for every activity, and nothing is sent through either. */
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

/** A bot's own token for the connector; `fresh` asks Microsoft again although the last one has not run out. */
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

/** botbuilder accepts either none of them or all of them. */
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

/** The settings by the names botbuilder reads; it knows undefined but not null. */
function named({ appId, appPassword, appType, appTenantId }: TeamsSettings) {
  return {
    ...(appId && { MicrosoftAppId: appId }),
    ...(appPassword && { MicrosoftAppPassword: appPassword }),
    ...(appType && { MicrosoftAppType: appType }),
    ...(appTenantId && { MicrosoftAppTenantId: appTenantId }),
  };
}
