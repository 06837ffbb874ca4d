/**
 * kysely's PostgreSQL dialect on pg's pipeline, in which a statement is sent before the answer to the previous one. A
 * transaction begins with its first statement, so an empty one costs nothing. In it nothing waits for `begin`, nor for
 * what goes through `pipeline`: the next awaited statement, at the latest the commit, waits for those answers too, and
 * throws the first fault. PostgreSQL refuses everything after it in that transaction. Why: docs/adr/0005.
 */
import { PostgresDialect, type CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import type pg from 'pg';
import { isPipelined } from './pipeline.ts';
import { preparedName } from './prepared-name.ts';

/** The dialect on a pool whose clients have `pipeline` on. Its statements are prepared, its transactions plain. */
export class PipelinedDialect extends PostgresDialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
  }

  override createDriver(): Driver {
    return new PipelinedDriver(this.#pool);
  }
}

class PipelinedDriver implements Driver {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PipelinedConnection> {
    return new PipelinedConnection(await this.#pool.connect());
  }

  async beginTransaction(connection: PipelinedConnection): Promise<void> {
    connection.begin();
  }

  async commitTransaction(connection: PipelinedConnection): Promise<void> {
    await connection.commit();
  }

  async rollbackTransaction(connection: PipelinedConnection): Promise<void> {
    await connection.rollback();
  }

  async releaseConnection(connection: PipelinedConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

class PipelinedConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  /** What was sent in the open transaction and not awaited; null outside of one. */
  #unanswered: Promise<unknown>[] | null = null;
  /** Whether the open transaction has begun on the server: that waits for its first statement. */
  #hasBegun = false;
  #isBroken = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  begin(): void {
    this.#unanswered = [];
    this.#hasBegun = false;
  }

  async commit(): Promise<void> {
    if (this.#isEmpty()) return;
    const { command } = await this.#send({ text: 'commit' }).finally(() => (this.#unanswered = null));
    // PostgreSQL answers this if a statement failed and its caller continued.
    if (command === 'ROLLBACK') throw new Error('the transaction was rolled back: one of its statements had failed');
  }

  async rollback(): Promise<void> {
    if (this.#isEmpty()) return;
    this.#isBroken = true;
    const sent = this.#client.query('rollback');
    this.#flush(); // undone as well, whether or not it fails
    this.#unanswered = null;
    await sent;
    this.#isBroken = false;
  }

  /** A connection that couldn't roll back isn't reused. */
  release(): void {
    this.#client.release(this.#isBroken);
  }

  async executeQuery<R>({ sql: text, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const name = preparedName(text, parameters.length);
    const query = { text, values: [...parameters], ...(name && { name }) };
    if (this.#unanswered && !this.#hasBegun) this.#sendLater(this.#unanswered, { text: 'begin' });
    this.#hasBegun = true;
    if (this.#unanswered && isPipelined(parameters)) {
      this.#sendLater(this.#unanswered, query);
      return { rows: [] };
    }
    const { command, rowCount, rows } = await this.#send(query);
    const isWrite = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
    return { rows, ...(isWrite && { numAffectedRows: BigInt(rowCount ?? 0) }) };
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new TypeError('nothing is streamed from this database');
  }

  /** Ends the open transaction if nothing was sent in it. */
  #isEmpty(): boolean {
    if (this.#hasBegun) return false;
    this.#unanswered = null;
    return true;
  }

  /** Passes a statement to the socket, which buffers it until somebody waits: in one packet they are cheaper. */
  #sendLater(unanswered: Promise<unknown>[], query: pg.QueryConfig): void {
    if (unanswered.length === 0) this.#client.connection.stream.cork();
    const sent = this.#client.query(query);
    sent.catch(() => {}); // the next one waited for throws it; after a rollback none is
    unanswered.push(sent);
  }

  /** Sends a statement and waits for its answer and all before it; throws the first fault. */
  async #send(query: pg.QueryConfig): Promise<pg.QueryResult> {
    const sent = this.#client.query(query);
    const settled = await Promise.allSettled([...this.#flush(), sent]);
    const fault = settled.find(({ status }) => status === 'rejected');
    if (fault?.status === 'rejected') throw fault.reason;
    return sent;
  }

  /** Flushes the socket, and returns what nobody has waited for. */
  #flush(): Promise<unknown>[] {
    const sent = this.#unanswered?.splice(0) ?? [];
    if (sent.length > 0) this.#client.connection.stream.uncork();
    return sent;
  }
}
