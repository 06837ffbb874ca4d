import type { ClientConfig } from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

/** Where PostgreSQL is. `token`: asked for by each new connection, and given instead of a password. */
export type ServerAddress = {
  readonly connectionString: string;
  readonly token?: (() => Promise<string>) | null | undefined;
};

/** The same for the driver, which prefers what an address says of a password, even where it says nothing. */
export function connectionTo({ connectionString, token }: ServerAddress): ClientConfig {
  return token ? { ...parseIntoClientConfig(connectionString), password: token } : { connectionString };
}
