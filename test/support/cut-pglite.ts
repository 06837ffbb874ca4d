import type { PGlite, Transaction } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import { fromKysely, fromPglite } from 'pg-boss';
import type { Database } from '../../src/store/database.ts';
import { OneConnectionDialect } from '../../src/store/one-connection.ts';
import type { Tables } from '../../src/store/schema.ts';

/** A connection to an embedded database that a test can cut, so that its user has ended as far as the data goes. */
export type CutPglite = { readonly database: Database; cut(): Promise<void> };

/**
 * A connection of its own to `pglite`. After the cut every call fails, and an open transaction is rolled back, as when
 * the process is killed in the middle of it.
 */
export function cutPglite(pglite: PGlite): CutPglite {
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  const state = { isCut: false, listening: new Set<() => Promise<void>>() };
  const alive = () => {
    if (state.isCut) throw new Error('the way to the database was cut');
  };
  const narrowed = (tx: Transaction) => ({
    query: async (...args: Parameters<Transaction['query']>) => (alive(), tx.query(...args)),
  });
  const way = {
    get closed() {
      return pglite.closed;
    },
    get ready() {
      return pglite.ready;
    },
    waitReady: pglite.waitReady,
    close: () => Promise.resolve(),
    query: async (...args: Parameters<PGlite['query']>) => (alive(), pglite.query(...args)),
    exec: async (...args: Parameters<PGlite['exec']>) => (alive(), pglite.exec(...args)),
    transaction: async (work: (tx: unknown) => Promise<unknown>) => {
      const run = (tx: Transaction) => Promise.race([work(narrowed(tx)), broken.promise]);
      try {
        // After the cut there is no transaction, but kysely waits for the begin, so it gets one in which every
        // statement fails.
        return await (state.isCut ? run(null as never) : pglite.transaction(run));
      } catch (error) {
        if (!state.isCut) throw error; // otherwise there is nobody left to tell
      }
    },
    listen: async (channel: string, callback: (payload: string) => void) => {
      alive();
      const end = await pglite.listen(channel, callback);
      state.listening.add(end);
      return async () => {
        if (state.listening.delete(end)) await end();
      };
    },
  } as unknown as PGlite;
  const db = new Kysely<Tables>({ dialect: new OneConnectionDialect(way, 5000) });
  return {
    database: {
      kind: 'pglite',
      db,
      queue: { way: { db: fromPglite(way) }, schema: 'kluis_queue', within: fromKysely },
      close: () => Promise.resolve(),
    },
    cut: async () => {
      state.isCut = true;
      broken.reject(new Error('the process ended here'));
      for (const end of state.listening) await end();
      state.listening.clear();
    },
  };
}
