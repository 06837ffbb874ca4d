/** The local workspace through its control API. */
import { call } from '../call.ts';
import type { BlockNode, NameOf } from './read-blocks.ts';
import type { PersonKey } from '../seat.ts';

/** What a message says at one time. */
export type SlackContent = { readonly text: string; readonly blocks?: readonly BlockNode[] };

/** A message as one person sees it; `before` is what it said before, oldest first. */
export type SlackMessage = SlackContent & {
  readonly ts: string;
  readonly channel: string;
  readonly thread_ts: string | null;
  readonly from: string;
  readonly blocks: readonly BlockNode[];
  /** The values of its inputs. */
  readonly values: unknown;
  readonly deleted: boolean;
  readonly onlyYou: boolean;
  readonly before: readonly SlackContent[];
};

/** A modal that somebody has open. */
export type SlackView = { readonly blocks: readonly BlockNode[]; readonly submit: { readonly text: string } | null };

/** Who is there: the people, the team and the bot. */
export type Workspace = {
  readonly url: string;
  readonly userOf: (person: PersonKey) => string;
  readonly nameOf: NameOf;
  readonly team: string;
  readonly bot: string;
};

/** Somebody in the workspace: what they do and what they see. */
export type Member = {
  readonly person: PersonKey;
  readonly workspace: Workspace;
  /** Does something as this person through the control API. */
  readonly does: <Answer>(what: string, body: object) => Promise<Answer>;
  /** What the bot has said in a channel, or in one of its threads, later than `since`, as this person sees it. */
  readonly sees: (
    channel: string,
    where?: { readonly thread?: string | null; readonly since?: string },
  ) => Promise<readonly SlackMessage[]>;
  /** The modal that they have open. */
  readonly modal: () => Promise<SlackView | undefined>;
};

type People = {
  readonly people: readonly { readonly key: string; readonly id: string; readonly realName: string }[];
  readonly team: { readonly id: string };
  readonly app: { readonly name: string };
};

/** Reads who is there, at the product with this URL. */
export async function lookInSlack(url: string): Promise<Workspace> {
  const { people, team, app } = (await call(`${url}/_slack/people`)) as People;
  return {
    url,
    userOf: (person) => people.find(({ key }) => key === person)?.id ?? '',
    nameOf: (user) => people.find(({ id }) => id === user)?.realName ?? user,
    team: team.id,
    bot: app.name,
  };
}

/** One of the people in it. */
export function memberOf(workspace: Workspace, person: PersonKey): Member {
  const control = `${workspace.url}/_slack`;
  const as = person;
  return {
    person,
    workspace,
    does: async <Answer>(what: string, body: object) => (await call(`${control}/${what}`, { as, ...body })) as Answer,
    sees: async (channel, { thread, since } = {}) => {
      const query = new URLSearchParams({ as, channel, ...(thread && { thread }), ...(since && { since }) });
      const { messages } = (await call(`${control}/messages?${query}`)) as { messages: SlackMessage[] };
      return messages.filter(({ from, deleted }) => from === 'bot' && !deleted);
    },
    modal: async () => ((await call(`${control}/views?as=${as}`)) as { modals: SlackView[] }).modals.at(-1),
  };
}
