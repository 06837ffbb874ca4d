import type { Kysely, Transaction } from 'kysely';
import type { ClientConfig } from 'pg';
import type { Socket } from 'node:net';
import type { fromKysely, KyselyTransactionLike } from 'pg-boss';
import type { Tables } from './schema.ts';

/** Anything a statement can run on: the database, or the transaction that is open. */
export type Queries = Kysely<Tables> | Transaction<Tables>;

/** The queue's way to execute a statement. */
export type QueueAccess = ReturnType<typeof fromKysely>;

/** An open database: the tables, what the queue needs of it, and its end. */
export type Database = {
  readonly kind: 'postgres' | 'pglite';
  readonly db: Kysely<Tables>;
  /** The queue's access: through this process's database, or with its own connections to a server. */
  readonly queue: {
    readonly way: { readonly db: QueueAccess } | OwnConnections;
    readonly schema: string;
    /** Its way in within an open transaction, for writes whose outcome it does not need. */
    readonly within: (trx: KyselyTransactionLike) => QueueAccess;
  };
  close(): Promise<void>;
};

/** What the queue needs for its own connections, and to notice that a server has gone silent. */
export type OwnConnections = ClientConfig & {
  readonly stream: () => Socket;
  readonly notifyHeartbeatIntervalMs: number;
  /** Whether wake-ups of other processes can be listened for; otherwise they are found by polling. */
  readonly useListenNotify: boolean;
};

/** Whether PostgreSQL gave up a transaction because of others (a deadlock): nothing is written, it can be repeated. */
export function isGivenUp(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === '40P01' || code === '40001';
}

/** JSON for a jsonb column: as text, which both drivers take as it is. */
export function json(value: unknown): string {
  return JSON.stringify(value ?? null);
}
