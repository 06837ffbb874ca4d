import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';

/** Where PgBouncer is; null where it isn't installed. */
export const pgbouncer = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'].find((path) => runs(path)) ?? null;

function runs(path: string): boolean {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8' }).startsWith('PgBouncer');
  } catch {
    return false;
  }
}

/** A PgBouncer between Kluis and a server. */
export type Pooler = { readonly connectionString: string; end(): Promise<void> };

/**
 * Starts one in transaction mode, which has three sessions on the server for as many clients as come; `more` are lines
 * of its settings. It ends with its own standard input, so a test run that is killed leaves none behind.
 */
export async function startPooler(server: string, more: readonly string[] = []): Promise<Pooler> {
  const [from, port] = [new URL(server), await freePort()];
  const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER']!, 'pooler-'));
  const settings = [
    '[databases]',
    `* = host=${from.hostname} port=${from.port} user=${from.username}`,
    '[pgbouncer]',
    `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
    'auth_type = any\npool_mode = transaction\ndefault_pool_size = 3',
    ...more,
  ];
  const file = join(folder, 'pgbouncer.ini');
  await writeFile(file, settings.map((line) => `${line}\n`).join(''));
  for (const path of [folder, file]) await chmod(path, 0o755);
  // It refuses to run as root.
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
  const child = spawn('sh', ['-c', '"$@" & cat; kill $!', 'sh', pgbouncer!, '-q', ...user, file], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await eventually('the pooler to listen', () => answers(port));
  from.port = String(port);
  return {
    connectionString: from.href,
    end: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((told) => {
    const line = connect(port, '127.0.0.1', () => (line.destroy(), told(true)));
    line.once('error', () => told(false));
  });
}
