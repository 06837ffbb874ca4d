/** The people of the Slack workspace, by the key that the lab's own API uses for them. */
export type SlackPersonKey = 'ana' | 'ben' | 'chris' | 'admin';

/** A member of the workspace, as Slack names one. */
export type SlackUser = {
  id: string;
  /** The legacy user name, as in a slash command's `user_name`. */
  name: string;
  realName: string;
  /** Null if the profile has none, as with many guests. */
  email: string | null;
  timeZone: string;
  /** As Slack writes it, such as `nl-NL`. */
  locale: string;
  isAdmin: boolean;
  isGuest: boolean;
  deleted: boolean;
};

/** The workspace. */
export const slackTeam = { id: 'T0CONTOSO1', name: 'Contoso', domain: 'contoso' } as const;

/** The app, its bot and its bot's user. */
export const slackApp = { id: 'A0KLUIS001', botId: 'B0KLUIS001', userId: 'U0KLUIS001', name: 'Kluis' } as const;

/** The author of Slack's own messages. */
export const slackbot = 'USLACKBOT';

/** A channel with the bot, and one without it. */
export const generalChannel = { id: 'C0GENERAL1', name: 'general' } as const;
export const randomChannel = { id: 'C0RANDOM01', name: 'random' } as const;

/** All keys, in the page's order. */
export const slackPersonKeys: readonly SlackPersonKey[] = ['ana', 'ben', 'chris', 'admin'];

/** Everybody's initial state; each emulator has its own copy. */
export function firstUsers(): Record<SlackPersonKey, SlackUser> {
  return {
    ana: user('ana', 'Ana de Vries', 'U0ANAVRIES'),
    ben: user('ben', 'Ben Jansen', 'U0BENJANSN'),
    chris: user('chris', 'Chris Meier', 'U0CHRISMEI'),
    admin: { ...user('admin', 'Dirk Visser', 'U0DIRKADMN'), isAdmin: true },
  };
}

/** The direct message channel of a person with the bot. */
export function directChannelId(key: SlackPersonKey): string {
  return { ana: 'D0ANAVRIES', ben: 'D0BENJANSN', chris: 'D0CHRISMEI', admin: 'D0DIRKADMN' }[key];
}

function user(key: SlackPersonKey, realName: string, id: string): SlackUser {
  return {
    id,
    name: key,
    realName,
    email: `${key}@contoso.example`,
    timeZone: 'Europe/Amsterdam',
    locale: 'en-US',
    isAdmin: false,
    isGuest: false,
    deleted: false,
  };
}
