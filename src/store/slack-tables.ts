import type { ColumnType } from 'kysely';

type Time = ColumnType<Date, Date | string | undefined, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

/** Who of a chat platform is whom in Entra, by their own sign-in. */
export type PersonLinkTable = { team: string; platform_id: string; entra: string; linked_at: Time };

/** With what a sign-in begins. `sign_in`: what it has to come back with. */
export type LinkTicketTable = {
  hash: string;
  team: string;
  platform_id: string;
  name: string;
  sign_in: ColumnType<unknown, string | null, string | null>;
  expires_at: Time;
  used_at: MaybeTime;
};

/** A workspace of Slack in which the app was installed by OAuth; its token is sealed. */
export type SlackInstallationTable = {
  team: string;
  name: string;
  sealed_token: string;
  installed_by: string;
  installed_at: ColumnType<Date, undefined, Date>;
};

/** An installation that somebody has begun, by the hash of its state. */
export type SlackInstallStateTable = { hash: string; expires_at: Time };
