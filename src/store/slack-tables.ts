import type { ColumnType } from 'kysely';

type Time = ColumnType<Date, Date | string | undefined, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

/** Which Entra user a chat platform's user is, by their own sign-in. */
export type PersonLinkTable = { team: string; platform_id: string; entra: string | null; linked_at: Time };

/** A sign-in's ticket. `sign_in`: what it must return. */
export type LinkTicketTable = {
  hash: string;
  team: string;
  platform_id: string;
  name: string;
  sign_in: ColumnType<unknown, string | null, string | null>;
  expires_at: Time;
  used_at: MaybeTime;
};

/** A Slack workspace that installed the app by OAuth; its token is encrypted. */
export type SlackInstallationTable = {
  team: string;
  name: string;
  sealed_token: string;
  installed_by: string;
  installed_at: ColumnType<Date, undefined, Date>;
};

/** An installation in progress, by the hash of its state. */
export type SlackInstallStateTable = { hash: string; expires_at: Time };
