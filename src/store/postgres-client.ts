import { createHash } from 'node:crypto';
import pg from 'pg';
import { mayWait } from './later.ts';

/** More than these would be statements whose text depends on how many rows they write: there is no end of them. */
const maxParameters = 24;
const preparable = /^\s*(select|insert|update|delete|with)\b/i;
/**
 * A column more, as the next release may add it, would change what such a statement gives, and PostgreSQL refuses that.
 */
const everyColumn = /\bselect \* from\b|\breturning \*/i;

const names = new Map<string, string | null>();

/** The name under which a statement is prepared: the same for the same text; null for one that is not worth it. */
export function preparedName(text: string, parameters: number): string | null {
  if (parameters > maxParameters) return null;
  const known = names.get(text);
  if (known !== undefined) return known;
  const fits = preparable.test(text) && !everyColumn.test(text);
  const name = fits ? createHash('sha256').update(text).digest('base64url').slice(0, 32) : null;
  names.set(text, name);
  return name;
}

/**
 * A connection that makes few trips. PostgreSQL keeps the plans of the statements it has seen, since they are few and
 * small, and planning them takes as long as running them. A transaction is begun together with its first statement, and
 * what `executeLater` gives in it goes out with the next one, at the latest the commit; that one fails with what they
 * met.
 */
export class PostgresClient extends pg.Client {
  readonly #plain: Plain;
  /** What goes out with the next statement; null outside of a transaction. */
  #held: unknown[][] | null = null;

  constructor(config?: string | pg.ClientConfig) {
    super({ ...(typeof config === 'string' ? { connectionString: config } : config), pipeline: true });
    this.#plain = this.query.bind(this) as Plain;
    this.query = ((...given: unknown[]) => this.#take(given)) as pg.Client['query'];
  }

  #take(given: unknown[]): Promise<unknown> {
    const [text, values] = given;
    if (text === 'begin') {
      this.#held = [given];
      return Promise.resolve(nothing);
    }
    if (this.#held === null) return this.#plain(...withName(given));
    if (mayWait(values)) {
      this.#held.push(given);
      return Promise.resolve(nothing);
    }
    const before = this.#held.splice(0);
    if (text === 'commit' || text === 'rollback') this.#held = null;
    // What was held is undone by not being sent.
    if (text === 'rollback') return before[0]?.[0] === 'begin' ? Promise.resolve(nothing) : this.#plain(...given);
    return before.length === 0 ? this.#plain(...withName(given)) : this.#together(before, given);
  }

  async #together(before: readonly unknown[][], last: unknown[]): Promise<unknown> {
    const { stream } = this.connection;
    stream.cork();
    const sent = [...before, last].map((given) => this.#plain(...withName(given)));
    stream.uncork();
    const settled = await Promise.allSettled(sent);
    const fault = settled.find(({ status }) => status === 'rejected');
    // Without its `begin` the rest was no transaction: nobody may go on with this connection.
    if (fault === settled[0] && before[0]?.[0] === 'begin') stream.destroy();
    if (fault?.status === 'rejected') throw fault.reason;
    return (settled.at(-1) as PromiseFulfilledResult<unknown>).value;
  }
}

type Plain = (...given: unknown[]) => Promise<unknown>;
const nothing = { command: '', rowCount: 0, rows: [] };

function withName(given: readonly unknown[]): unknown[] {
  const [text, values, ...rest] = given;
  if (typeof text !== 'string' || !Array.isArray(values)) return [...given];
  const name = preparedName(text, values.length);
  return name === null ? [...given] : [{ name, text, values }, ...rest];
}
