/** The tables. Every time is written by the database's clock; JSON columns are written as text and read back parsed. */
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type {
  LinkTicketTable,
  PersonLinkTable,
  SlackInstallationTable,
  SlackInstallStateTable,
} from './slack-tables.ts';

type Written = ColumnType<unknown, string, string>;
type Time = ColumnType<Date, Date | string | undefined, Date | string>;
type MaybeText = ColumnType<string | null, string | null | undefined, string | null>;
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

/** Every acknowledged event, with its answer. */
type InboundTable = { key: string; at: Time; answer: ColumnType<unknown, string | null, string | null> };

/** Where people talk to the bot, and who is delivering there now. */
type ConversationTable = {
  id: string;
  platform: string;
  kind: string;
  channel: string | null;
  person: MaybeText;
  address: Written;
  locale: string;
  time_zone: string;
  blocked: Generated<boolean>;
  fence: Generated<number>;
  held_until: MaybeTime;
  seen_at: Time;
};

/** A dialog: its state as one document, and what the database itself needs of it. */
type DialogTable = {
  id: string;
  conversation_id: string;
  message_id: string;
  revision: number;
  status: string;
  state: Written;
  opened_by: Written;
  changed_by: ColumnType<unknown, string | undefined, string>;
  actor: Written;
  locale: string;
  time_zone: string;
  look: ColumnType<unknown, string | null, string | null>;
  look_due_at: MaybeTime;
  ticket: MaybeText;
  reason: MaybeText;
  expires_at: MaybeTime;
  created_at: Time;
};

/** A message in a conversation: the desired state (the columns are still called wanted) and the state that was sent. */
type MessageTable = {
  id: string;
  conversation_id: string;
  seq: GeneratedAlways<string>;
  private_to: string | null;
  asked: ColumnType<unknown, string | undefined, string>;
  wanted: Written;
  wanted_rev: number;
  sent_rev: Generated<number>;
  platform_id: string | null;
  posting: Generated<boolean>;
  ended: Generated<string | null>;
  tries: Generated<number>;
  due_at: Time;
  sent_at: MaybeTime;
  created_at: Time;
};

/** Something that writes to Azure: its frozen plan, the states of its parts, and whose claim is valid. */
type OperationTable = {
  id: string;
  conversation_id: string;
  message_id: string;
  dialog_id: string | null;
  status: string;
  plan: Written;
  digest: string;
  parts: Written;
  requester: Written;
  locale: string;
  time_zone: string;
  revision: Generated<number>;
  fence: Generated<number>;
  held_until: MaybeTime;
  due_at: MaybeTime;
  expedite: ColumnType<number | null, number | null | undefined, number | null>;
  cancel_asked: ColumnType<unknown, string | null | undefined, string | null>;
  created_at: Time;
  ended_at: MaybeTime;
};

/** A write to Azure: the intent before it was sent, and its outcome; `outcome` null: not known yet. */
type AttemptTable = {
  id: string;
  operation_id: string;
  part: string;
  call: string;
  target: string;
  fence: number;
  made_at: Time;
  outcome: string | null;
  receipt: ColumnType<unknown, string | null, string | null>;
  settled_at: MaybeTime;
};

/** The content of the estate: VMs, vaults and policies by name. */
type InventoryTable = { kind: string; key: string; name: string; body: Written; seen_at: Time };

/** The audit log: each entry's hash includes the previous one. */
type AuditTable = { seq: number; at: string; entry: Written; previous: string; hash: string };

/** One row per polled vault, and per job seen there. */
type VaultPollTable = {
  vault_id: string;
  fence: Generated<number>;
  held_until: MaybeTime;
  due_at: Time;
  polled_at: MaybeTime;
  unread: ColumnType<unknown, string | null | undefined, string | null>;
  unread_since: MaybeTime;
  unread_at: MaybeTime;
  unread_polls: Generated<number>;
};
/** When a vault is next checked for more than its jobs, and what the last check noted. */
type VaultLookTable = {
  vault_id: string;
  due_at: Time;
  looks: number;
  noted: ColumnType<unknown, string | undefined, string>;
  noted_at: MaybeTime;
};
type JobTable = {
  id: string;
  vault_id: string;
  vm_name: string;
  container: string | null;
  operation: string;
  status: string;
  body: Written;
  started_at: MaybeTime;
  seen_at: Time;
  told: ColumnType<string | null, string | undefined, string>;
};

/** Alerts, each a document with the messages that show it, and the places that subscribe to them. */
type AlertTable = {
  id: string;
  cause_key: string;
  body: Written;
  copies: ColumnType<unknown, string | undefined, string>;
  snoozed_until: MaybeTime;
  created_at: Time;
  closed_at: MaybeTime;
};
type AlertWatchTable = { conversation_id: string; scope: Written; watched_by: Written; at: Time };

/** The last heartbeat of each process, which proves that the database accepts writes. */
type PulseTable = { process: string; at: Time };

/** Requests for approval of a plan. */
type ApprovalRequestTable = {
  id: string;
  dialog_id: string;
  plan: Written;
  digest: string;
  terms: Written;
  requester: Written;
  changed_by: string | null;
  makers: ColumnType<unknown, string | undefined, string>;
  ticket: MaybeText;
  reason: MaybeText;
  state: string;
  votes: ColumnType<unknown, string | undefined, string>;
  copies: ColumnType<unknown, string | undefined, string>;
  unreached: ColumnType<unknown, string | undefined, string>;
  reach_at: MaybeTime;
  glass: ColumnType<unknown, string | null | undefined, string | null>;
  operation_id: string | null;
  created_at: ColumnType<Date, undefined, never>;
  approved_at: MaybeTime;
  started_at: MaybeTime;
  ends_at: MaybeTime;
  remind_at: MaybeTime;
};

/** VMs that may be backed up without a KEK, each until its end. */
type KekExceptionTable = {
  operation_id: string;
  vm_id: string;
  vm_guid: string | null;
  vm_name: string;
  reason: string;
  asked_by: string;
  allowed_by: string;
  until: Time;
  created_at: ColumnType<Date, undefined, never>;
  ended_at: ColumnType<Date | null, undefined, Date>;
  ended_by: ColumnType<string | null, undefined, string>;
};

/** A kind of scheduled post: when and by whom it is next checked whether one is due. */
type ScheduledLookTable = {
  kind: string;
  due_at: Time;
  held_until: MaybeTime;
  fence: Generated<number>;
  put_off: Generated<string>;
  claims: Generated<number>;
};

/** A channel that gets it, and the day of its last one there. */
type ScheduledPostTable = {
  kind: string;
  conversation_id: string;
  since: ColumnType<Date, undefined, never>;
  made_for: ColumnType<string | null, undefined, string>;
  told: ColumnType<unknown, undefined, string>;
};

/** What administrators wrote about errors that the knowledge doesn't have. */
type CompanyEntryTable = {
  key: string;
  body: Written;
  written_by: string;
  written_at: Time;
};

/** The key pair with which this installation signs, in PEM: one row. */
type SigningKeyTable = {
  id: number;
  private_key: string;
  public_key: string;
  created_at: ColumnType<Date, undefined, never>;
};

/** People who allow the drills of an entry of `kluis.yaml` to start on its schedule, until a day. */
type DrillApprovalTable = {
  operation_id: string;
  entry: string;
  shape: string;
  until: Time;
  asked_by: Written;
  /** The request as it was approved; null: a rule leaves it to the requester. */
  request: ColumnType<unknown, string | null, string | null>;
  allowed_by: string;
  ended_at: MaybeTime;
  ended_by: MaybeText;
  created_at: Time;
};

/** When a VM's last drill ended, and why the schedule couldn't start one. */
type DrillTurnTable = {
  vm_id: string;
  operation_id: string | null;
  ended_at: MaybeTime;
  result: string | null;
  refused: ColumnType<unknown, string | null | undefined, string | null>;
  tried_on: string | null;
};

/** An entry of drills, locked by the process that starts one, and what was last posted about it. */
type DrillEntryTable = { name: string; told: string | null };

/** All tables by name. */
export type Tables = {
  inbound: InboundTable;
  conversation: ConversationTable;
  dialog: DialogTable;
  message: MessageTable;
  operation: OperationTable;
  attempt: AttemptTable;
  inventory: InventoryTable;
  audit: AuditTable;
  vault_poll: VaultPollTable;
  vault_look: VaultLookTable;
  job: JobTable;
  pulse: PulseTable;
  person_link: PersonLinkTable;
  link_ticket: LinkTicketTable;
  slack_installation: SlackInstallationTable;
  slack_install_state: SlackInstallStateTable;
  approval_request: ApprovalRequestTable;
  break_glass: { request_id: string; at: ColumnType<Date, undefined, never> };
  alert: AlertTable;
  alert_watch: AlertWatchTable;
  kek_exception: KekExceptionTable;
  company_entry: CompanyEntryTable;
  scheduled_look: ScheduledLookTable;
  scheduled_post: ScheduledPostTable;
  signing_key: SigningKeyTable;
  drill_approval: DrillApprovalTable;
  drill_turn: DrillTurnTable;
  drill_entry: DrillEntryTable;
};
