/** The people of the Slack workspace, by the key that the lab's own API uses for them. */
export type SlackPersonKey = 'ana' | 'ben' | 'chris' | 'admin';

/** A member of the workspace, as Slack names one. */
export type SlackUser = {
  id: string;
  /** The user name of old, as `user_name` of a slash command carries it. */
  name: string;
  realName: string;
  /** Null where the profile carries none, as with many guests. */
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

/** Who says what Slack itself has to say. */
export const slackbot = 'USLACKBOT';

/** The channel in which the bot is, and one in which it is not. */
export const generalChannel = { id: 'C0GENERAL1', name: 'general' } as const;
export const randomChannel = { id: 'C0RANDOM01', name: 'random' } as const;

/** Everybody's key, in the order in which the page names them. */
export const slackPersonKeys: readonly SlackPersonKey[] = ['ana', 'ben', 'chris', 'admin'];

/** Everybody as they are at first; each emulator has its own copy. */
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
