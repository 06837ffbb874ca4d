import { z } from 'zod';

const callFault = z.strictObject({
  match: z.strictObject({ method: z.string().optional(), path: z.string().optional(), from: z.string().optional() }),
  status: z.number().int().min(100).max(599).optional(),
  body: z.unknown().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  latencyMs: z.number().int().min(0).max(600_000).optional(),
  times: z.number().int().min(1).optional(),
  /** Carries the call out, then answers with the fault: a response lost on its way. */
  after: z.boolean().optional(),
  /** Closes the connection without a response. */
  drop: z.boolean().optional(),
});

const jobFault = z.strictObject({
  job: z.strictObject({
    vm: z.string(),
    errorCode: z.number().int(),
    errorTitle: z.string(),
    errorString: z.string(),
    recommendations: z.array(z.string()).default([]),
    /** Where it fails: while the snapshot is taken, or later (the job then ends with a warning). */
    phase: z.enum(['snapshot', 'transfer']).default('snapshot'),
  }),
  times: z.number().int().min(1).optional(),
});

const operationFault = z.strictObject({
  /** How the operation ends that an accepted call to a matching path starts. */
  operation: z.strictObject({ path: z.string(), code: z.string(), message: z.string() }),
  times: z.number().int().min(1).optional(),
});

const fault = z.union([callFault, jobFault, operationFault]);

/** What `/_sim/faults` accepts: one fault or a list of them. */
export const faultsInput = z.preprocess((sent) => (Array.isArray(sent) ? sent : [sent]), z.array(fault));

/**
 * A fault for matching calls, a failure for the next backups of a VM, or one for the operations that matching calls
 * start. `times` counts down; without it, the fault stays.
 */
export type Fault = z.infer<typeof fault>;

/** The fault for this call, counted down by one, or null. `from` is the name of the calling identity. */
export function takeCallFault(
  faults: Fault[],
  call: { method: string; path: string; from: string },
): z.infer<typeof callFault> | null {
  const found = faults.find((fault) => 'match' in fault && matches(fault.match, call));
  if (!found || !('match' in found)) return null;
  spend(faults, found);
  return found;
}

/** The failure with which this VM's next backup (by name or ID) ends, counted down by one, or null. */
export function takeJobFault(
  faults: Fault[],
  vm: { id: string; name: string },
): z.infer<typeof jobFault>['job'] | null {
  const wanted = [vm.id.toLowerCase(), vm.name.toLowerCase()];
  const found = faults.find((fault) => 'job' in fault && wanted.includes(fault.job.vm.toLowerCase()));
  if (!found || !('job' in found)) return null;
  spend(faults, found);
  return found.job;
}

/** The failure with which the operation that a call to this path started ends, counted down by one, or null. */
export function takeOperationFault(faults: Fault[], path: string): z.infer<typeof operationFault>['operation'] | null {
  const found = faults.find((fault) => 'operation' in fault && new RegExp(fault.operation.path, 'i').test(path));
  if (!found || !('operation' in found)) return null;
  spend(faults, found);
  return found.operation;
}

function matches(
  match: z.infer<typeof callFault>['match'],
  call: { method: string; path: string; from: string },
): boolean {
  if (match.method && match.method.toUpperCase() !== call.method) return false;
  if (match.from && match.from !== call.from) return false;
  return !match.path || new RegExp(match.path, 'i').test(call.path);
}

function spend(faults: Fault[], fault: Fault): void {
  if (fault.times === undefined) return;
  fault.times -= 1;
  if (fault.times < 1) faults.splice(faults.indexOf(fault), 1);
}
