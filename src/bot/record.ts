import { chain } from '../audit/chain.ts';
import { isPerson, type Actor } from '../core/person.ts';
import { insertAudit, lockAudit, newestAudit } from '../store/audit.ts';
import type { Unit } from './deps.ts';

/** The fields of an operation that every audit entry about it carries. */
type RecordedOperation = {
  /** Null: nothing runs yet. */
  readonly id: string | null;
  readonly digest: string;
  readonly requester: Actor;
  readonly dialogId?: string | null;
};

/** What is recorded. `on`: the resources in Azure that it is about, by their IDs; they are for the log alone. */
type Recorded = {
  readonly now: Date;
  readonly what: string;
  readonly operation: RecordedOperation;
  readonly detail: object;
  readonly on?: readonly string[];
};

/** Adds an entry to the audit log, in the transaction of what it records (I4); its commit adds a line to the log. */
export async function record(unit: Unit, { now, what, operation, detail, on }: Recorded): Promise<void> {
  const { id, digest, requester, dialogId } = operation;
  const entry = { what, operation: id, digest, requester, ...detail };
  const by = isPerson(requester) ? requester.id : requester.system;
  // The operation's ID, without dashes, is its trace.
  const trace = id === null ? {} : { trace: id.replaceAll('-', '') };
  await append(unit, { entry, now, ids: { ...trace, ...(dialogId && { dialog: dialogId }), by, ...(on && { on }) } });
}

type Appended = {
  readonly entry: { readonly what: string; readonly [field: string]: unknown };
  readonly now: Date;
  readonly ids?: object;
};

/** The same for an entry of any form. */
export async function append(unit: Unit, { entry, now, ids }: Appended): Promise<void> {
  await lockAudit(unit.q);
  const line = chain(await newestAudit(unit.q), entry, now);
  await insertAudit(unit.q, line);
  unit.logs({ seq: line.seq, ...idsIn(entry), ...ids }, `recorded: ${entry.what}`);
}

/** IDs and words of Kluis' own; nothing that a person wrote, and no name. */
const loggedFields = [
  ...['operation', 'digest', 'request', 'alert', 'attempt', 'part', 'team', 'member', 'entra'],
  ...['move', 'state', 'does', 'call', 'outcome', 'status'],
];

function idsIn(entry: object): object {
  const given = new Map<string, unknown>(Object.entries(entry));
  const fields = loggedFields.map((name) => [name, given.get(name)]);
  const receipt = new Map<string, unknown>(Object.entries(given.get('receipt') ?? {}));
  const answer = ['requestId', 'jobId'].map((name) => [name, receipt.get(name)]);
  return Object.fromEntries([...fields, ...answer].filter(([, value]) => typeof value === 'string' && value !== ''));
}
