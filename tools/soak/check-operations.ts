/** Every operation ended and its end was posted, and the audit log has it once and is intact. */
import { verify } from '../../src/audit/verify.ts';
import type { PartStates } from '../../src/operations/wording/progress.ts';
import type { Queries } from '../../src/store/database.ts';
import { auditPages } from '../../src/cli/audit/audit-pages.ts';
import { findings, type Finding } from './findings.ts';

/** Checks them. */
export async function checkOperations(q: Queries): Promise<Finding[]> {
  const operations = await q.selectFrom('operation').selectAll().execute();
  const unfinished = operations.filter(({ status }) => status === 'running');
  const mute = operations.filter((each) => each.status !== 'running' && !isTold(each.parts as PartStates));
  return [
    ...findings(
      'no operation is left unfinished',
      unfinished.map(({ id, parts, due_at, held_until }) => `${id}: ${JSON.stringify({ parts, due_at, held_until })}`),
    ),
    ...findings(
      'an ended operation says how each part ended',
      mute.map(({ id }) => id),
    ),
    ...(await checkDialogs(q)),
    ...(await checkAudit(q, operations)),
  ];
}

function isTold(parts: PartStates): boolean {
  return Object.values(parts).every(({ outcome }) => outcome !== null);
}

/** A lookup that nobody makes any more would leave its card saying "Checking". */
async function checkDialogs(q: Queries): Promise<Finding[]> {
  const stuck = await q
    .selectFrom('dialog')
    .select(['id', 'look', 'look_due_at'])
    .where('look', 'is not', null)
    .execute();
  return findings(
    'no dialog waits for a reading',
    stuck.map((each) => JSON.stringify(each)),
  );
}

async function checkAudit(q: Queries, operations: readonly { id: string; status: string }[]): Promise<Finding[]> {
  const whole = await verify(auditPages(q));
  if (!whole.whole) return [{ broken: 'the audit chain is whole', what: JSON.stringify(whole.broken) }];
  const told = new Map<string, number>();
  for await (const page of auditPages(q)) {
    for (const { entry } of page) {
      const { what, operation } = entry as { what: string; operation?: string };
      told.set(`${what} ${operation}`, (told.get(`${what} ${operation}`) ?? 0) + 1);
    }
  }
  const wrong = operations.flatMap(({ id, status }) => {
    const [started, ended] = [told.get(`started ${id}`) ?? 0, told.get(`ended ${id}`) ?? 0];
    const wanted = status === 'running' ? 0 : 1;
    return started === 1 && ended === wanted ? [] : [`${id} (${status}): started ${started}, ended ${ended} times`];
  });
  return findings('the audit log tells each start and end once', wrong);
}
