import type { JobFacts } from '../../azure/gateway.ts';

/** A job as the watcher stored it. */
export function storedJob(body: unknown): JobFacts {
  const job = body as JobFacts;
  const at = (time: unknown) => (typeof time === 'string' ? new Date(time) : null);
  return { ...job, startTime: at(job.startTime), endTime: at(job.endTime) };
}
