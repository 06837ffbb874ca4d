/** The world outside the bot in Slack: a stub of the Web API and the people, in one process. */
import { randomUUID } from 'node:crypto';
import { answering } from './child.ts';
import { load, loadAtOnce, loadEvenly, type Loaded, type Target } from '../load.ts';
import { slackId, slashCommand, workspace } from '../slash-commands.ts';
import { startConnector } from './stub-connector.ts';

/** Who types what to which bot: this many people in this many channels, starting with this number. */
type Crowd = {
  readonly url: string;
  readonly command: string;
  readonly text: string;
  readonly people: number;
  readonly firstPerson: number;
  readonly channels: number;
};

/** How the crowd sends. */
export type CrowdAsk = Crowd &
  (
    | { readonly connections: number; readonly seconds: number }
    | { readonly perSecond: number; readonly seconds: number }
    | { readonly atOnce: number }
  );

answering(async ({ afterMs }: { readonly afterMs: number }) => {
  const webApi = await startConnector({ answerOf, afterMs });
  return {
    ready: () => ({ apiUrl: webApi.serviceUrl }),
    load: (ask: CrowdAsk): Promise<Loaded> => {
      if ('atOnce' in ask) return loadAtOnce(targetOf(ask), ask.atOnce);
      return 'perSecond' in ask ? loadEvenly(targetOf(ask), ask) : load(targetOf(ask), ask);
    },
    close: () => webApi.close(),
  };
});

function targetOf({ url, command, text, people, firstPerson, channels }: Crowd): Target {
  const run = randomUUID().slice(0, 8);
  const sending = (n: number) =>
    slashCommand({
      command,
      text,
      user: slackId('U', firstPerson + (n % people)),
      channel: slackId('C', n % channels),
      trigger: `${run}.${n}`,
    });
  return { url, sending };
}

/** One answer serves every method that the product calls: each reads its own part. */
function answerOf(count: number): object {
  return {
    ok: true,
    ts: `1700000000.${String(count).padStart(6, '0')}`,
    user: { team_id: workspace.team, locale: 'en-US', tz: 'Europe/Amsterdam', real_name: 'Ana de Vries' },
    channel: { id: 'D0BENCH001' },
    messages: [],
  };
}
