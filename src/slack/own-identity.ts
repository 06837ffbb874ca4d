import { createWebApi, type SlackAccess } from './web-api.ts';

/** Who the bot is in Slack, and its token's scopes. */
type OwnIdentity = { readonly workspace: string; readonly bot: string; readonly scopes: readonly string[] };

/** Asks Slack whose token this is; throws a `ChatFault` if it is nobody's. */
export async function ownIdentity(access: SlackAccess): Promise<OwnIdentity> {
  const answer = await createWebApi(access)('asking who the bot is', (client) => client.auth.test());
  return {
    workspace: answer.team ?? '',
    bot: answer.user ?? '',
    scopes: answer.response_metadata?.scopes ?? [],
  };
}
