import { z } from 'zod';
import type { Settings } from '../../../config/settings.ts';
import { ok, problem, type Finding } from '../finding.ts';

const about = 'Product';
const parts = z.record(z.string(), z.unknown());

/** Whether the product is running here now, and whether it reports that it is ready. */
export async function checkRunning({
  host,
  port: mainPort,
  monitoringPort,
}: Pick<Settings, 'host' | 'port' | 'monitoringPort'>): Promise<readonly Finding[]> {
  const port = monitoringPort ?? mainPort;
  const setting = monitoringPort === null ? 'PORT' : 'KLUIS_MONITORING_PORT';
  const at = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${at.includes(':') && !at.startsWith('[') ? `[${at}]` : at}:${port}`;
  const answer = await fetch(`${url}/readyz?full`, { signal: AbortSignal.timeout(3000) }).catch(() => null);
  if (answer === null) return [ok(about, `isn't running here (nothing answers on ${url})`)];
  const told = parts.safeParse(await answer.json().catch(() => null));
  if (!told.success || !('status' in told.data))
    return [
      problem(about, `something else answers on ${url}`, `Set ${setting} to a free port, or stop what uses that one`),
    ];
  if (answer.status === 200) return [ok(about, `is running on ${url} and is ready`)];
  const failing = Object.keys(told.data).filter((part) => told.data[part] === false);
  const remedy = 'Nothing is approved or run while this lasts; docs/run.md, "Not ready", says what each means';
  return [problem(about, `is running on ${url} and is not ready: ${failing.join(', ')}`, remedy)];
}
