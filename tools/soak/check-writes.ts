/** I3 and I4: each write was sent once per attempt, from a stored attempt, and took effect once per part. */
import type { LoggedRequest } from '../../src/sim/request-log.ts';
import type { JobSpec } from '../../src/sim/state/state-backup.ts';
import type { Queries } from '../../src/store/database.ts';
import { findings, type Finding } from './findings.ts';

/** What is compared: the requests that Azure saw, its jobs, and the tables. */
type WritesSeen = {
  readonly q: Queries;
  readonly writes: readonly LoggedRequest[];
  readonly jobs: readonly JobSpec[];
};

/** Checks them. */
export async function checkWrites({ q, writes, jobs }: WritesSeen): Promise<Finding[]> {
  const attempts = await q.selectFrom('attempt').selectAll().execute();
  const byId = new Map(attempts.map((attempt) => [attempt.id.toLowerCase(), attempt]));
  const idOf = (write: LoggedRequest) => write.clientRequestId?.toLowerCase() ?? '';
  const doubled = [...Map.groupBy(writes, idOf)].filter(([, sent]) => sent.length > 1);
  const strange = writes.filter((write) => !byId.has(idOf(write)));
  const effects = Map.groupBy(
    jobs.filter((job) => job.operation === 'Backup' && byId.has(job.activityId.toLowerCase())),
    (job) => {
      const attempt = byId.get(job.activityId.toLowerCase());
      return `${attempt?.operation_id} ${attempt?.part}`;
    },
  );
  const twice = [...effects].filter(([, made]) => made.length > 1);
  return [
    ...findings(
      'a write is sent once per attempt',
      doubled.map(([id, sent]) => `${id}: ${sent.map(inWords).join('; ')}`),
    ),
    ...findings('each write has a stored attempt', strange.map(inWords)),
    ...findings(
      'a part starts one backup',
      twice.map(([part, made]) => `${part}: jobs ${made.map(({ id, start }) => `${id} at ${start}`).join(', ')}`),
    ),
    ...(await checkAttempts(q)),
  ];
}

/** Once an operation has ended, the outcome of every write that was sent is known. */
async function checkAttempts(q: Queries): Promise<Finding[]> {
  const open = await q
    .selectFrom('attempt')
    .innerJoin('operation', 'operation.id', 'attempt.operation_id')
    .select(['attempt.id', 'attempt.call', 'operation.status', 'operation.id as operation'])
    .where('attempt.outcome', 'is', null)
    .execute();
  return findings(
    'no attempt stays in doubt',
    open.map((each) => `${each.call} ${each.id} of ${each.operation} (${each.status})`),
  );
}

function inWords({ time, method, path, status }: LoggedRequest): string {
  return `${time} ${method} ${path.slice(-140)} → ${status}`;
}
