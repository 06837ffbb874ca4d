/**
 * kysely's PostgreSQL dialect on pg's pipeline, in which a statement is sent before the answer to the previous one. A
 * transaction begins with its first statement, so an empty one costs nothing. In it nothing waits for `begin`, nor for
 * what goes through `pipeline`: the next awaited statement, at the latest the commit, waits for those answers too, and
 * throws the first fault. PostgreSQL refuses everything after it in that transaction. Why: docs/adr/0005.
 *
 * Behind a pooler the session of a statement is any, so each statement is in a transaction, which begins with what the
 * session would otherwise have been opened with; all of it is sent at once. And nothing is prepared.
 */
import { PostgresDialect, type CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely';
import type pg from 'pg';
import type { Connections, SessionSettings } from './connection.ts';
import { isPipelined } from './pipeline.ts';
import { preparedName } from './prepared-name.ts';

/**
 * The dialect on connections whose clients have `pipeline` on, opened with these settings. Its transactions are plain.
 */
export class PipelinedDialect extends PostgresDialect {
  readonly #connections: Connections;
  readonly #settings: SessionSettings;

  constructor(connections: Connections, settings: SessionSettings) {
    super({ pool: connections.pool });
    this.#connections = connections;
    this.#settings = settings;
  }

  override createDriver(): Driver {
    return new PipelinedDriver(this.#connections, this.#settings);
  }
}

/** How a transaction begins, and whether each statement needs one. */
type Beginning = { readonly text: string; readonly isPooled: boolean };

class PipelinedDriver implements Driver {
  readonly #pool: pg.Pool;
  readonly #beginning: Beginning;

  constructor({ pool, isPooled }: Connections, settings: SessionSettings) {
    this.#pool = pool;
    const set = Object.entries(settings).map(([name, value]) => `; set local ${name} = '${value}'`);
    this.#beginning = { text: isPooled ? `begin${set.join('')}` : 'begin', isPooled };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PipelinedConnection> {
    return new PipelinedConnection(await this.#pool.connect(), this.#beginning);
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
  readonly #beginning: Beginning;
  /** What was sent in the open transaction and not awaited; null outside of one. */
  #unanswered: Promise<unknown>[] | null = null;
  /** Whether the open transaction has begun on the server: that waits for its first statement. */
  #hasBegun = false;
  #isBroken = false;

  constructor(client: pg.PoolClient, beginning: Beginning) {
    this.#client = client;
    this.#beginning = beginning;
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
    const { text: begin, isPooled } = this.#beginning;
    const isAlone = isPooled && this.#unanswered === null;
    if (isAlone) this.begin();
    const name = isPooled ? undefined : preparedName(text, parameters.length);
    const query = { text, values: [...parameters], ...(name && { name }) };
    if (this.#unanswered && !this.#hasBegun) this.#sendLater(this.#unanswered, { text: begin });
    this.#hasBegun = true;
    if (this.#unanswered && isPipelined(parameters) && !isAlone) {
      this.#sendLater(this.#unanswered, query);
      return { rows: [] };
    }
    return resultOf(isAlone ? await this.#sendAlone(query) : await this.#send(query));
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

  /** Sends a statement and the commit of its own transaction. */
  async #sendAlone(query: pg.QueryConfig): Promise<pg.QueryResult> {
    const answer = this.#client.query(query);
    this.#unanswered?.push(answer);
    await this.commit();
    return answer;
  }

  /** Flushes the socket, and returns what nobody has waited for. */
  #flush(): Promise<unknown>[] {
    const sent = this.#unanswered?.splice(0) ?? [];
    if (sent.length > 0) this.#client.connection.stream.uncork();
    return sent;
  }
}

function resultOf<R>({ command, rowCount, rows }: pg.QueryResult): QueryResult<R> {
  const isWrite = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
  return { rows, ...(isWrite && { numAffectedRows: BigInt(rowCount ?? 0) }) };
}
