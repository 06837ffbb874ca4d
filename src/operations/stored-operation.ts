/**
 * An operation as read from the database: parsed, since there may have been a deploy in between. What this release
 * can't read isn't continued: its card says so, and what it started in Azure continues there.
 */
import { z } from 'zod';
import { ownOf } from '../core/own-of.ts';
import { diskSkus } from '../core/prices.ts';
import { leftOutSchema } from './parts/left-out.ts';
import { partKindOf } from './list.ts';
import { storedState } from './ground/part.ts';
import { partSchema, type Part } from './parts/parts.ts';
import { planVersion, type Plan } from './parts/plan.ts';
import type { PartStates } from './wording/progress.ts';

const document = { vms: z.array(z.object({ id: z.string(), name: z.string() }).readonly()).readonly() };
const cost = z.object({ currency: z.string(), disks: z.number(), staging: z.number().nullable() }).readonly();
const newVmPrice = z.object({ name: z.string(), size: z.string().nullable(), monthly: z.number().nullable() });
const prices = z
  .object({
    currency: z.string(),
    disks: z.partialRecord(z.enum(diskSkus), z.number()).readonly(),
    copies: z.number().nullable(),
    vm: newVmPrice.readonly().optional(),
  })
  .readonly();
const beyondAde = z.object({ disks: z.number(), gib: z.number(), newVm: z.string().nullable() }).readonly();
const short = z.object({ of: z.string(), needs: z.number(), left: z.number() }).readonly();
const cores = z.object({ region: z.string(), size: z.string().nullable(), short: short.nullable() }).readonly();
const told = z
  .object({
    names: z.record(z.string(), z.string()).readonly(),
    cost: cost.nullable(),
    prices: prices.optional(),
    denialsUnread: z.literal(true).optional(),
    beyondAde: beyondAde.optional(),
    adeSizeUnread: z.object({ disks: z.number().nullable(), newVm: z.string().nullable() }).readonly().optional(),
    subnetUnread: z.string().optional(),
    cores: cores.optional(),
  })
  .readonly();
const more = {
  leftOut: z.array(leftOutSchema).readonly().optional(),
  parts: z.array(partSchema).readonly(),
  continues: z
    .object({ operation: z.string(), at: z.string(), done: z.array(z.string()).readonly() })
    .readonly()
    .optional(),
  told: told.optional(),
};
const current = z.object({ version: z.literal(planVersion), ...document, ...more }).readonly();

/** Until version 3 enabling protection had no choice of disks; everything else means the same as now. */
const second = z
  .object({ version: z.literal(2), ...document, ...more })
  .transform((plan): Plan => ({ ...plan, version: planVersion }));

/** Before version 2 a plan stated separately what its parts say, and two outcomes of parts had other names. */
const first = z
  .object({ version: z.literal(1), ...document, ...more })
  .transform((plan): Plan => ({ ...plan, version: planVersion }));

const planSchema: z.ZodType<Plan> = z.union([current, second, first]);
/**
 * The states of parts. A memo has no version of its own: its schema belongs to the plan's version, and an operation
 * whose memo doesn't fit can't be read by this release. The stage that inspects had another name in earlier rows.
 */
const statesSchema = z.record(
  z.string(),
  storedState.transform((state) => (state.stage === 'look' ? { ...state, stage: 'inspect' } : state)),
);

/** The states of parts of a version 1 plan. */
const firstStates = z.record(
  z.string(),
  z.looseObject({ outcome: z.looseObject({}).nullable() }).transform(({ outcome, ...state }) => ({
    ...state,
    outcome: outcome && renamed(outcome),
  })),
);

function renamed({ stands, failure, ...outcome }: Readonly<Record<string, unknown>>): object {
  const { ours, ...told } = (failure ?? {}) as { readonly ours?: unknown; readonly origin?: unknown };
  const origin = told.origin === 'ours' ? 'internal' : told.origin;
  return {
    ...outcome,
    ...(stands !== undefined && { protection: stands }),
    ...(failure !== undefined && { failure: { ...told, origin, internal: ours } }),
  };
}

/** Reads a request's plan; null if this release can't. */
export function readPlan(stored: unknown): Plan | null {
  return planSchema.safeParse(stored).data ?? null;
}

/** A plan with the states of its parts. */
type ReadOperation = { readonly plan: Plan; readonly parts: PartStates };

/** Reads plan and parts; null if this release can't. Everything else in the row stays as it is. */
export function readOperation<T extends { readonly plan: unknown; readonly parts: unknown }>(
  stored: T,
): (Omit<T, 'plan' | 'parts'> & ReadOperation) | null {
  const plan = planSchema.safeParse(stored.plan).data;
  const isFirst = first.safeParse(stored.plan).success;
  const states = isFirst ? firstStates.safeParse(stored.parts).data : stored.parts;
  const parts = statesSchema.safeParse(states).data;
  if (!plan || !parts || plan.parts.length === 0) return null;
  return plan.parts.every((part) => isReadable(part, ownOf(parts, part.id))) ? { ...stored, plan, parts } : null;
}

/** The VMs of a stored plan, also of one that this release can't read otherwise; none if it can't read even those. */
export function vmsOfPlan(plan: unknown): Plan['vms'] {
  return z.object(document).safeParse(plan).data?.vms ?? [];
}

/** Its memo fits its operation, and unless it has ended, its stage exists in this release. */
function isReadable(part: Part, state: PartStates[string] | undefined): boolean {
  if (!state) return false;
  const { memo, runner } = partKindOf(part);
  return memo.safeParse(state.memo).success && (state.outcome !== null || Object.hasOwn(runner.stages, state.stage));
}
