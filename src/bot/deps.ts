import type { Scope } from '../alerts/alert.ts';
import type { AzureGateway } from '../azure/gateway.ts';
import type { Clock } from '../core/clock.ts';
import type { ReachFailpoint } from '../core/failpoint.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { CredentialEnd } from '../core/own-credential.ts';
import type { Locale, Person } from '../core/person.ts';
import type { Schedule } from '../core/schedule.ts';
import type { DrillEntry } from '../config/kluis-config.ts';
import type { Prices } from '../core/prices.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Wake } from '../jobs/wake.ts';
import type { Refusal } from '../core/refusal.ts';
import type { DirectoryNames } from '../people/graph-names.ts';
import type { Administered, OperationName } from '../people/operations.ts';
import type { Voter } from '../approval/decide.ts';
import type { SlackMember } from '../approval/request.ts';
import type { ApprovalTerms } from '../core/approval-terms.ts';
import type { Ask, NamedNow } from '../people/rights.ts';
import type { Waits } from '../operations/list.ts';
import type { ReadinessCache } from '../readiness/gather/gather.ts';
import type { ReadinessRules } from '../readiness/rules.ts';
import type { Transaction } from 'kysely';
import type { Database } from '../store/database.ts';
import type { Tables } from '../store/schema.ts';
import type { CompanyKnowledge } from './company-knowledge.ts';
import type { Leases } from './leases.ts';
import type { ChatSender, ConversationSeen, PlatformName } from './port.ts';
import { readingRights } from './reading-rights.ts';

/**
 * The gate's answer to a plan, with the refusal that says why it isn't open. `approvals`: it can start after that many
 * others have approved within a given time, and then has to start within another.
 */
export type Gate =
  | { readonly gate: 'open' }
  | { readonly gate: 'refused'; readonly refusal: Refusal }
  | { readonly gate: 'approvals'; readonly refusal: Refusal; readonly terms: ApprovalTerms };

/** What one person can do here, by roles and rules. */
export type PersonRights = {
  /** Whether they can view anything. */
  readonly view: Gate;
  /** If it may need their Azure roles, call it in a transaction, or within `readingRights`. */
  readonly gate: (asks: readonly Ask[]) => Gate;
  /** Whether they can do it for any target, which is all that is known before a target is named. */
  readonly maySomewhere: (operation: OperationName) => Gate;
  /** Whether they can approve what others ask for, somewhere. */
  readonly approvesSomewhere: boolean;
  /** Whether they can do what concerns everybody and no VM. */
  readonly mayAdminister: (what: Administered) => Gate;
  /** The voter they would be for somebody else's plan. */
  readonly voter: (asks: readonly Ask[], named?: NamedNow) => Omit<Voter, 'name'>;
};

/** What a card can offer somebody. */
export type MayOffer = Pick<PersonRights, 'maySomewhere' | 'mayAdminister'>;

/** Who can decide about something: people by their Entra IDs, as far as they are named; groups by their names. */
export type Deciders = {
  readonly people: readonly { readonly id: string; readonly name: string; readonly slack: string | null }[];
  readonly groups: readonly string[];
  /** Everyone is among them, by no name. */
  readonly anybody?: true;
  /** Others are named, too, who are guests or have no enabled account, as the directory last said. */
  readonly less?: true;
};

/** Who gets messages of their own about a request: those it names, those it is shown to, and whoever reviews it. */
type Informed = {
  readonly asks: readonly Ask[];
  readonly named: NamedNow;
  readonly terms: ApprovalTerms;
  readonly also?: readonly string[];
  readonly isForReview?: boolean;
};

/** Who may do what here. */
export type Authority = {
  /**
   * Reads a person's permissions in a channel (null: in no channel); throws if the source of identities doesn't answer.
   */
  readonly rightsOf: (person: Person, channel: string | null) => Promise<PersonRights>;
  /** What the rules and the channel say, for everyone. */
  readonly rules: (asks: readonly Ask[], channel: string | null) => Gate;
  /** What can start without a person; what needs a person's Azure roles can't. */
  readonly byItself: (asks: readonly Ask[]) => Gate;
  /**
   * Who can decide about what a plan touches, by `kluis.yaml`: for each entry of named approvers, or in one. Guests and
   * whoever has no enabled account are in none, nor is a guest in Slack with whom no chat in Teams is known. As for all
   * whom it names or leaves out below, the directory is asked about each at that moment: in a transaction only.
   */
  readonly deciders: (asks: readonly Ask[], named: NamedNow) => readonly Deciders[];
  /** Whom `kluis.yaml` links this member of Slack to; null: nobody. */
  readonly linkedByFile: (member: SlackMember) => string | null;
  /** Who is an administrator everywhere. */
  readonly administrators: () => Deciders;
  /** The people who are informed but not asked. */
  readonly quiet: (terms: ApprovalTerms) => Deciders;
  /** Whether somebody has no enabled account. */
  readonly hasLeft: (person: string) => boolean;
  /** Whether somebody is a guest wherever they are linked in Slack: in Teams they may decide all the same. */
  readonly isGuestInSlack: (person: string) => boolean;
  /** The directory is asked about all of them at once, instead of about one after the other. */
  readonly knowAccounts: (informed: readonly Informed[]) => void;
  /** Whether somebody can start this by break-glass, as far as is known without asking anybody. */
  readonly breaksGlass: (person: string, asks: readonly Ask[]) => boolean;
  /** What somebody can do somewhere, by the groups that were last read of them; null: they weren't read yet. */
  readonly offersTo: (person: string) => MayOffer | null;
  /** The same for a decision about it; nothing is known against somebody about whom the directory wasn't asked. */
  readonly decides: (
    person: string,
    asks: readonly Ask[],
    named: NamedNow,
  ) => Pick<Voter, 'approver' | 'serves' | 'admin'>;
  /** Whether the source of identities answered its last request; an old answer doesn't count. */
  readonly answers: () => boolean;
  /** Whether an administrator has enabled grants by access policy for this key vault. */
  readonly grantByPolicy: (keyVaultName: string) => boolean;
};

/** The language and time zone of a channel's cards; null if the settings don't give them. */
type ChannelSettings = (channel: string) => { readonly locale: Locale | null; readonly timeZone: string | null } | null;

/** Everything the use cases need, built once by `compose`. */
export type Deps = {
  readonly database: Database;
  readonly queue: Pick<Queue, 'send'>;
  readonly azure: AzureGateway;
  readonly senders: Readonly<Partial<Record<PlatformName, ChatSender>>>;
  readonly authority: Authority;
  /** Whether a member of a Slack workspace is a guest there, read now; null: unknown. */
  readonly isGuestNow: (member: SlackMember) => Promise<boolean | null>;
  /** Whether a member of a Slack workspace is still linked to this person in Entra. */
  readonly isLinked: (member: SlackMember, entra: string) => Promise<boolean>;
  readonly company: CompanyKnowledge;
  /** The directory's names of people, groups and applications, by their IDs in lower case, as far as it has any. */
  readonly namesOf: (ids: readonly string[]) => Promise<DirectoryNames>;
  /** When Kluis's own credentials expire, read now. */
  readonly credentialEnds: () => Promise<readonly CredentialEnd[]>;
  /** What the installation pays for disks; null: not configured. */
  readonly prices: Prices | null;
  /** Where the drills of which VMs go; the first matching entry counts. */
  readonly drills: readonly DrillEntry[];
  readonly channels: ChannelSettings;
  /** The channels in which requests for approval are shown. */
  readonly approverChannels: readonly string[];
  /** The channels that get failed backups according to `kluis.yaml`, and which ones. */
  readonly alertRoutes: readonly { readonly channel: string; readonly scope: Scope }[];
  /**
   * At what time of day such channels and chats get the forecast (null: never), and whether even if nothing will fail.
   */
  readonly forecast: { readonly daily: string | null; readonly allClear: boolean };
  /** The channels that get a digest, and when. */
  readonly digests: readonly { readonly channel: string; readonly schedule: Schedule }[];
  /** The format of a request's ticket; null: requests have none. */
  readonly ticket: { readonly required: boolean; readonly fits: (ticket: string) => boolean } | null;
  /** How often a month requests can be started without their approvals; null: never. */
  readonly breakGlass: { readonly perMonth: number } | null;
  readonly readiness: { readonly rules: Omit<ReadinessRules, 'kekExceptions'>; readonly cache: ReadinessCache };
  readonly waits: Waits;
  readonly leases: Leases;
  /** The minimum time between two edits of one card. */
  readonly editGapMs: number;
  readonly simulated: boolean;
  /** Whether nothing can be started here: cards then have no buttons that write. */
  readonly readOnly: boolean;
  readonly defaultTimeZone: string;
  readonly dialogHours: number;
  /** For how many days finished rows are kept. */
  readonly keepDays: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly failpoint: ReachFailpoint;
  readonly newId: () => string;
  /** The sign-in page that links somebody, by their ticket; null if nobody can sign in. */
  readonly signInPage: ((ticket: string) => string) | null;
  /** Why nothing can start now (I5); null if it can. */
  readonly unsafeBecause: () => string | null;
  /** Asks the database again if its last sign of life is too old to count; never throws. */
  readonly renewTrust: () => Promise<void>;
};

/** One open transaction, with the wake-ups to send and the lines to log with its commit. */
export type Unit = {
  readonly q: Transaction<Tables>;
  readonly wake: (wake: Wake) => void;
  readonly logs: Log['info'];
};

/** A transaction, with the dependencies of what is done in it. */
export type Within = { readonly deps: Deps; readonly unit: Unit };

type Transactions = Pick<Deps, 'database' | 'queue' | 'log'>;

/**
 * Runs `work` in one transaction; its wake-ups are sent with the commit. No network calls inside: what it finds unread
 * of people is read once all of it is undone, and `work` starts again.
 */
export function inTransaction<T>(deps: Transactions, work: (unit: Unit) => Promise<T>): Promise<T> {
  return readingRights(() => once(deps, work));
}

async function once<T>(deps: Transactions, work: (unit: Unit) => Promise<T>): Promise<T> {
  const { done, lines, afterCommit } = await deps.database.db.transaction().execute(async (trx) => {
    const wakes: Wake[] = [];
    const lines: Parameters<Log['info']>[] = [];
    const done = await work({
      q: trx,
      wake: (wake) => wakes.push(wake),
      logs: (...line) => lines.push(line),
    });
    return { done, lines, afterCommit: await deps.queue.send(trx, wakes) };
  });
  for (const line of lines) deps.log.info(...line);
  afterCommit();
  return done;
}

/**
 * The language and time zone of a conversation's cards: a channel's by its settings, a personal chat's by its reader.
 */
export function readerOf(
  deps: Pick<Deps, 'channels' | 'defaultTimeZone'>,
  seen: ConversationSeen,
  reader: { readonly locale: Locale; readonly timeZone: string | null },
): { locale: Locale; timeZone: string } {
  const set = seen.channel === null ? null : deps.channels(seen.channel);
  const own = seen.kind === 'personal' ? reader.timeZone : null;
  return { locale: set?.locale ?? reader.locale, timeZone: set?.timeZone ?? own ?? deps.defaultTimeZone };
}
