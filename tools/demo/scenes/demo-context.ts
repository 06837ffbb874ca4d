/** What every scene uses, and the chats of three people on one of the two platforms. */
import { words as wordsOf, type Words } from '../../../src/message/words.ts';
import { demoAzure, type DemoAzure } from '../azure.ts';
import { openChanges, type ChangeStream } from '../seats/change-stream.ts';
import { openChat, type Chat } from '../seats/chat.ts';
import { checks, type Checks } from '../expectations.ts';
import { narration, type Narration } from '../narration.ts';
import type { PersonKey, Seat } from '../seat.ts';
import { slackSeat } from '../seats/slack-seat.ts';
import { lookInSlack } from '../seats/slack-workspace.ts';
import { teamsSeat } from '../seats/teams-seat.ts';
import { transcript, type Out, type Transcript } from '../transcript.ts';

/** The platforms on which every scene can be played. */
export type Platform = 'teams' | 'slack';

/** What a scene is played on. A scene doesn't know the platform or the language. */
export type DemoContext = {
  readonly ana: Chat;
  readonly ben: Chat;
  readonly chris: Chat;
  /** Somebody where others can join: in the channel, where each command starts a conversation of its own. */
  readonly inChannel: (person: PersonKey) => Chat;
  readonly words: Words;
  readonly told: Narration;
  readonly out: Transcript;
  readonly checks: Checks;
  readonly azure: DemoAzure;
};

/** What a demo is built on. `speed`: that of the simulated Azure. */
type DemoPlan = {
  readonly platform: Platform;
  readonly url: string;
  readonly simulatorUrl: string;
  readonly speed: number;
  readonly locale: 'en' | 'nl';
};

type Seats = { readonly own: (person: PersonKey) => Seat; readonly inChannel: (person: PersonKey) => Seat };

/** Opens the demo and everybody's chat. `close` stops listening. */
export async function openDemo(plan: DemoPlan, line: Out): Promise<{ readonly demo: DemoContext; close(): void }> {
  const { platform, url, simulatorUrl, speed, locale } = plan;
  const told = narration[locale];
  const out = transcript(line, told);
  const words = wordsOf({ locale, timeZone: 'Europe/Amsterdam', simulated: true });
  const changes = await openChanges(`${url}/${platform === 'teams' ? '_lab' : '_slack'}/events`);
  const seats = await seatsAt[platform]({ url, changes, locale, leaveOut: words.say('card.simulated') });
  const chatOf = (seat: Seat) => openChat({ seat, out });
  const demo: DemoContext = {
    ana: chatOf(seats.own('ana')),
    ben: chatOf(seats.own('ben')),
    chris: chatOf(seats.own('chris')),
    inChannel: (person) => chatOf(seats.inChannel(person)),
    words,
    told,
    out,
    checks: checks(out),
    azure: demoAzure(simulatorUrl, speed),
  };
  for (const chat of [demo.ana, demo.ben, demo.chris]) await chat.opens();
  return { demo, close: () => changes.close() };
}

type SeatParts = {
  readonly url: string;
  readonly changes: ChangeStream;
  readonly locale: 'en' | 'nl';
  readonly leaveOut: string;
};

/**
 * In Teams everybody has a personal chat; in Slack each person gives commands in a different one of the three possible
 * ways.
 */
const seatsAt: Readonly<Record<Platform, (parts: SeatParts) => Promise<Seats>>> = {
  teams: async (parts) => ({
    own: (person) => teamsSeat({ ...parts, person, home: 'personal' }),
    inChannel: (person) => teamsSeat({ ...parts, person, home: 'general' }),
  }),
  slack: async (parts) => {
    const workspace = await lookInSlack(parts.url);
    const homes = { ana: 'slash', ben: 'mention', chris: 'direct' } as const;
    return {
      own: (person) => slackSeat({ ...parts, workspace, person, home: homes[person] }),
      inChannel: (person) => slackSeat({ ...parts, workspace, person, home: 'slash' }),
    };
  },
};
