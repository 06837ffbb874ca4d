/** The chat platform of the soak: the lab in a separate server, so that it stays when the bot goes. */
import { silent } from '../../src/core/log.ts';
import { listen } from '../../src/http/server.ts';
import { createLab } from '../../src/lab/lab.ts';
import { call } from '../demo/call.ts';

/** Somebody of the lab. */
export const people = ['ana', 'ben', 'chris'] as const;
export type PersonKey = (typeof people)[number];

/** A message as one person sees it. */
export type Seen = {
  readonly id: string;
  /** A channel also shows what is in its threads. */
  readonly conversation: string;
  readonly from: { readonly person: string | null };
  readonly card?: { readonly body?: readonly unknown[]; readonly fallbackText?: string };
  readonly attachments: readonly { readonly content?: unknown }[];
  readonly text: string;
  readonly deleted?: string;
};

/** The bot's answer. Status 0: it couldn't be reached. */
type BotReply = { readonly status: number; readonly body: unknown };

/** The platform, by what people and the troublemaker do with it. */
export type Platform = {
  say(as: PersonKey, place: string, text: string): Promise<{ readonly conversation: string; readonly status: number }>;
  /** Presses a button, by its title or as a whole action; null if the lab doesn't allow that press. */
  press(as: PersonKey, pressed: { place: string; message: string; action: unknown }): Promise<BotReply | null>;
  messages(as: PersonKey, place: string): Promise<readonly Seen[]>;
  /** Sends again what was sent to the bot a while ago; null if there is nothing. */
  repeat(back: number): Promise<BotReply | null>;
  fault(fault: object): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
};

/** Starts it; `bot` returns the bot's current URL. */
export async function startPlatform(bot: () => string): Promise<Platform> {
  let url = '';
  const lab = createLab({ botEndpoint: () => `${bot()}/api/messages`, baseUrl: () => url });
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    release: { version: 'soak', commit: null },
    guarded: true,
    endpoints: [lab.router],
    ready: () => Promise.resolve({}),
    needed: [],
    metrics: () => Promise.resolve({ type: 'text/plain', text: '' }),
    log: silent,
  });
  url = listener.url;
  return { ...interactions(`${url}/_lab`), close: () => lab.close().then(() => listener.stop()) };
}

function interactions(lab: string): Omit<Platform, 'close'> {
  return {
    say: async (as, place, text) => {
      type Said = { conversation: string; bot: BotReply | null };
      const said = (await call(`${lab}/say`, { as, conversation: place, text })) as Said;
      return { conversation: said.conversation, status: said.bot?.status ?? 0 };
    },
    press: async (as, { place, message, action }) => {
      const body = { as, conversation: place, activityId: message, action };
      return call(`${lab}/press`, body).then(
        (pressed) => pressed as BotReply,
        () => null,
      );
    },
    messages: async (as, place) => {
      const path = `conversations/${encodeURIComponent(place)}?as=${as}&history=none`;
      return ((await call(`${lab}/${path}`)) as { messages: Seen[] }).messages;
    },
    repeat: async (back) => {
      const { activities } = (await call(`${lab}/activities`)) as { activities: { seq: number; direction: string }[] };
      const sent = activities.filter(({ direction }) => direction === 'to-bot').at(-1 - back);
      return sent ? ((await call(`${lab}/redeliver`, { seq: sent.seq })) as BotReply) : null;
    },
    fault: async (fault) => void (await call(`${lab}/faults`, fault)),
    mend: async () => {
      await fetch(`${lab}/faults`, { method: 'DELETE' });
    },
  };
}
