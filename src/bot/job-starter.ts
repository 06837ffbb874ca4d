import type { PartBase, PartState } from '../operations/part.ts';
import type { Plan } from '../operations/plan.ts';
import type { PartStates } from '../operations/progress.ts';
import type { Queries } from '../store/database.ts';
import { runningOperations, type StoredOperation } from '../store/operations.ts';

/** The id of the person whose operation started a job; null: none did. Following a job does not make it one's own. */
export async function starterOf(q: Queries, jobId: string): Promise<string | null> {
  const running = await runningOperations(q);
  const own = running.find(({ parts }) =>
    Object.values(parts as PartStates).some(({ memo }) => memo.jobId === jobId && !memo.joined),
  );
  return own?.requester.id ?? null;
}

/** For each part of an operation who started the job that it follows, where it may be somebody else's. */
export async function startersOf(
  q: Queries,
  operation: Pick<StoredOperation, 'plan' | 'parts' | 'requester'>,
): Promise<(part: PartBase) => string | null> {
  const states = operation.parts as PartStates;
  const starters = new Map<string, string | null>();
  for (const part of (operation.plan as Plan).parts) {
    const followed = followedJob(part, states[part.id]);
    starters.set(part.id, followed === null ? operation.requester.id : await starterOf(q, followed));
  }
  return ({ id }) => starters.get(id) ?? null;
}

function followedJob(part: Plan['parts'][number], state: PartState | undefined): string | null {
  if (part.does === 'back-up-now' && part.joins) return part.joins;
  return state?.memo.joined ? (state.memo.jobId ?? null) : null;
}
