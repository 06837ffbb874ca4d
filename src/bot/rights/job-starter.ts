import type { JobStart } from '../../core/books.ts';
import { isPerson } from '../../core/person.ts';
import { partKindOf } from '../../operations/list.ts';
import type { Part } from '../../operations/parts/parts.ts';
import type { Queries } from '../../store/database.ts';
import { operationsNaming, runningOperations, type StoredOperation } from '../../store/operations.ts';
import { readable, type LiveOperation } from '../live-operation.ts';

/** The ID of the person whose operation started a running job; null: no operation of Kluis did. */
export async function starterOf(q: Queries, jobId: string): Promise<string | null> {
  const own = withJob(await runningOperations(q), jobId);
  return own ? personIdOf(own) : null;
}

/** Who started a job, even one that has ended; null: nobody here did, or the record is gone. */
export async function jobStartOf(q: Queries, jobId: string): Promise<JobStart | null> {
  const own = withJob(await operationsNaming(q, jobId), jobId);
  if (!own) return null;
  const { requester, glass } = own;
  return { by: isPerson(requester) ? { name: requester.name } : requester, glass };
}

/** An operation with who started the job that it only follows, if it does. */
export async function withFollowed(
  q: Queries,
  operation: LiveOperation,
): Promise<LiveOperation & { readonly followed?: JobStart | null }> {
  const [job] = operation.plan.parts.flatMap((part) => jobOf(operation, part) ?? []).filter(({ joined }) => joined);
  return job ? { ...operation, followed: await jobStartOf(q, job.id) } : operation;
}

/** The operation that started a job. Following a job doesn't make it one's own. */
function withJob(stored: readonly StoredOperation[], jobId: string): LiveOperation | undefined {
  return readable(stored).find((operation) =>
    operation.plan.parts.some((part) => {
      const job = jobOf(operation, part);
      return job?.id === jobId && !job.joined;
    }),
  );
}

/** For each part of an operation, who started the job that it follows, if that may be somebody else. */
export async function startersOf(
  q: Queries,
  operation: Pick<LiveOperation, 'plan' | 'parts' | 'requester'>,
): Promise<(part: Pick<Part, 'id'>) => string | null> {
  const starters = new Map<string, string | null>();
  for (const part of operation.plan.parts) {
    const job = jobOf(operation, part);
    starters.set(part.id, job?.joined ? await starterOf(q, job.id) : personIdOf(operation));
  }
  return ({ id }) => starters.get(id) ?? null;
}

function jobOf({ parts }: Pick<LiveOperation, 'parts'>, part: Part) {
  const state = parts[part.id];
  return (state && partKindOf(part).job?.(part, state)) ?? null;
}

/** What a schedule or an alert started belongs to nobody. */
function personIdOf({ requester }: Pick<LiveOperation, 'requester'>): string | null {
  return isPerson(requester) ? requester.id : null;
}
