import { z } from 'zod';
import type { PolicyFacts, PolicyShape } from '../../azure/gateway.ts';
import type { Json } from '../../core/json.ts';
import type { Ask } from '../../people/rights.ts';
import { minute } from '../ground/durations.ts';
import { partBase } from '../ground/part.ts';
import { vaultTarget } from '../ground/targets.ts';

/** What is done to a policy. The plan contains the whole body, so that its digest covers everything that is sent. */

const json: z.ZodType<Json> = z.json();
const retention = z.object({ count: z.number(), unit: z.enum(['Days', 'Weeks', 'Months', 'Years']) }).readonly();
const times = z.array(z.string()).readonly();
const schedules = [
  z.object({ frequency: z.literal('Daily'), times }).readonly(),
  z.object({ frequency: z.literal('Weekly'), times, days: z.array(z.string()).readonly() }).readonly(),
  z
    .object({
      frequency: z.literal('Hourly'),
      everyHours: z.number(),
      windowStart: z.string(),
      windowHours: z.number(),
    })
    .readonly(),
] as const;

const common = {
  name: z.string(),
  kind: z.enum(['Standard', 'Enhanced']),
  timeZone: z.string(),
  daily: retention.nullable(),
  weekly: retention.nullable(),
  monthly: retention.nullable(),
  yearly: retention.nullable(),
};

const policyShape = z
  .object({ ...common, schedule: z.discriminatedUnion('frequency', schedules), snapshotDays: z.number() })
  .readonly() satisfies z.ZodType<PolicyShape>;

const policyFacts = z
  .object({
    ...common,
    id: z.string(),
    schedule: z.discriminatedUnion('frequency', [
      ...schedules,
      z.object({ frequency: z.literal('Unknown') }).readonly(),
    ]),
    snapshotDays: z.number().nullable(),
    crashConsistentOnly: z.boolean(),
    restorePointGroup: z.object({ prefix: z.string(), suffix: z.string() }).readonly().nullable(),
    protectedItems: z.number(),
  })
  .readonly() satisfies z.ZodType<PolicyFacts>;

const base = {
  ...partBase,
  vaultId: z.string(),
  vaultName: z.string(),
  policyId: z.string(),
  shape: policyShape,
  /** The `properties` that are sent. */
  body: json,
};

/** Creating a new policy; an existing one with its name is never replaced. */
export const createPolicyPart = z.object({ ...base, does: z.literal('create-policy') }).readonly();

/** Changing a policy. `before` is the body that it still has to have. */
export const changePolicyPart = z
  .object({ ...base, does: z.literal('change-policy'), was: policyFacts, before: json })
  .readonly();

/** Either. */
export type PolicyPart = z.infer<typeof createPolicyPart> | z.infer<typeof changePolicyPart>;

/** What its stages hand over. Times are ISO. */
export const policyMemo = z
  .object({
    operationId: z.string().optional(),
    requestId: z.string().nullable().optional(),
    /** Since when it is being read back. */
    since: z.string().optional(),
  })
  .readonly();

/** The types of `create-policy` and `change-policy`. */
export type Policy<P extends PolicyPart = PolicyPart> = {
  readonly part: P;
  readonly memo: z.infer<typeof policyMemo>;
  readonly waits: typeof policyWaits;
};

/** How long writing a policy waits for Azure, in milliseconds. */
export const policyWaits = {
  /** How long the policy may take to appear as written. */
  policyShows: 2 * minute,
};

/** The permissions needed in Azure on the policy's Recovery Services vault. */
const azureActions = ['Microsoft.RecoveryServices/Vaults/backupPolicies/write'];

/** The right to create or change a policy in a vault. */
export function policyAsk(operation: PolicyPart['does'], vault: Pick<PolicyPart, 'vaultId' | 'vaultName'>): Ask {
  const azure = [{ scope: vault.vaultId, actions: azureActions }];
  return { operation, target: vaultTarget(vault.vaultId, vault.vaultName), azure };
}
