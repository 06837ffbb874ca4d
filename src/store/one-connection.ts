import type { PGlite } from '@electric-sql/pglite';
import {
  PGliteDialect,
  PostgresAdapter,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
} from 'kysely';
import { Fault } from '../core/fault.ts';

/**
 * kysely's PGlite dialect with a time limit. PGlite has one connection; a call that needs it inside a transaction that
 * has it would wait indefinitely, so a call that has waited this long throws and names the mistake.
 */
export class OneConnectionDialect implements Dialect {
  readonly #inner: PGliteDialect;
  readonly #waitMs: number;

  constructor(pglite: PGlite, waitMs: number) {
    this.#inner = new PGliteDialect({ pglite });
    this.#waitMs = waitMs;
  }

  createDriver(): Driver {
    return new PatientDriver(this.#inner.createDriver(), this.#waitMs);
  }

  createAdapter(): DialectAdapter {
    return new OneConnectionAdapter();
  }

  createQueryCompiler() {
    return this.#inner.createQueryCompiler();
  }

  createIntrospector(db: Kysely<unknown>) {
    return this.#inner.createIntrospector(db);
  }
}

/**
 * Reports "several connections" so that the waiting is done here, with its limit; migrations have the only connection
 * for themselves.
 */
class OneConnectionAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

class PatientDriver implements Driver {
  readonly #inner: Driver;
  readonly #waitMs: number;
  #tail: Promise<void> = Promise.resolve();
  #release: () => void = () => {};

  constructor(inner: Driver, waitMs: number) {
    this.#inner = inner;
    this.#waitMs = waitMs;
  }

  init = (): Promise<void> => this.#inner.init();
  destroy = (): Promise<void> => this.#inner.destroy();
  beginTransaction: Driver['beginTransaction'] = (connection, settings) =>
    this.#inner.beginTransaction(connection, settings);
  commitTransaction: Driver['commitTransaction'] = (connection) => this.#inner.commitTransaction(connection);
  rollbackTransaction: Driver['rollbackTransaction'] = (connection) => this.#inner.rollbackTransaction(connection);

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#tail;
    let release = () => {};
    const mine = new Promise<void>((done) => (release = done));
    this.#tail = before.then(() => mine);
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Fault('store-waited-too-long', waited(this.#waitMs))), this.#waitMs);
    });
    try {
      await Promise.race([before, tooLong]);
    } catch (fault) {
      release();
      throw fault;
    } finally {
      clearTimeout(timer);
    }
    this.#release = release;
    return this.#inner.acquireConnection();
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#inner.releaseConnection(connection);
    this.#release();
  }
}

function waited(ms: number): string {
  return `a store call waited ${ms} ms for the one connection of the embedded database: it was made inside a transaction, or one does not end`;
}
