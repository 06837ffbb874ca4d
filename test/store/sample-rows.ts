import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { Person } from '../../src/core/person.ts';
import { begin } from '../../src/dialog/advance.ts';
import { seeConversation, type conversationById } from '../../src/store/conversations.ts';
import type { Queries } from '../../src/store/database.ts';
import { insertDialog, type StoredDialog } from '../../src/store/dialogs.ts';
import { isRepeat, takeInbound } from '../../src/store/inbound.ts';
import { insertOperation, type StoredOperation } from '../../src/store/operations.ts';

export const ana: Person = { id: 'ana', name: 'Ana de Vries', platformId: '29:ana' };
export const ben: Person = { id: 'ben', name: 'Ben Jansen', platformId: '29:ben' };

/** A conversation in a channel. */
export function sampleConversation(id = 'conversation'): NonNullable<Awaited<ReturnType<typeof conversationById>>> {
  return {
    id,
    platform: 'teams',
    kind: 'channel',
    channel: '19:abc@thread.tacv2',
    address: { serviceUrl: 'https://smba.test/', id },
    locale: 'en',
    timeZone: 'Europe/Amsterdam',
  };
}

/** Claims an event; false if it was claimed before. */
export async function takeKey(q: Queries, key: string): Promise<boolean> {
  try {
    await takeInbound(q, key);
    return true;
  } catch (error) {
    if (!isRepeat(error)) throw error;
    return false;
  }
}

/** Writes a conversation and a new dialog in it. */
export async function addDialog(q: Queries, fields: Partial<StoredDialog> = {}): Promise<StoredDialog> {
  const dialog: StoredDialog = {
    id: randomUUID(),
    conversationId: 'conversation',
    channel: '19:abc@thread.tacv2',
    isPersonal: false,
    messageId: randomUUID(),
    state: begin('backup'),
    openedBy: ana,
    actor: ana,
    locale: 'en',
    timeZone: 'Europe/Amsterdam',
    lookup: null,
    changedBy: [],
    ...fields,
  };
  await seeConversation(q, sampleConversation(dialog.conversationId));
  await insertDialog(q, dialog, 12);
  return dialog;
}

type NewOperation = Parameters<typeof insertOperation>[1];

/** An operation before its first run. */
export function sampleOperation(fields: Partial<StoredOperation> = {}): NewOperation {
  return {
    id: randomUUID(),
    conversationId: 'conversation',
    messageId: randomUUID(),
    dialogId: null,
    status: 'running',
    plan: { version: 1, parts: [] },
    digest: 'd1',
    parts: { protect: { stage: 'inspect' } },
    requester: ana,
    locale: 'nl',
    timeZone: 'Europe/Amsterdam',
    ...fields,
  };
}

/** Writes a conversation and a new operation in it. */
export async function addOperation(q: Queries, fields: Partial<StoredOperation> = {}): Promise<NewOperation> {
  const operation = sampleOperation(fields);
  await seeConversation(q, sampleConversation(operation.conversationId));
  await insertOperation(q, operation);
  return operation;
}

/** Moves a row's time back, as if `ms` had passed for it, so that leases and expiries end without waiting. */
export async function pass(
  q: Queries,
  ms: number,
  of: { table: string; column: string; key?: string; id: string },
): Promise<void> {
  const column = sql.id(of.column);
  await sql`update ${sql.table(of.table)} set ${column} = ${column} - ${ms} * interval '1 millisecond'
    where ${sql.id(of.key ?? 'id')}::text = ${of.id}`.execute(q);
}
