/** What is done to a policy. The plan carries the whole body, so that its digest binds everything that is sent. */
import type { PolicyFacts, PolicyShape } from '../../azure/gateway.ts';
import type { Json } from '../../core/json.ts';
import type { PartBase } from '../part.ts';

type Base = PartBase & {
  readonly vaultId: string;
  readonly vaultName: string;
  readonly policyId: string;
  readonly shape: PolicyShape;
  /** The `properties` that are sent. */
  readonly body: Json;
};

/** Making a new policy; one that has its name already is never replaced. */
export type CreatePolicyPart = Base & { readonly does: 'create-policy' };

/** Changing a policy. `before` is the body that it has to have still. */
export type ChangePolicyPart = Base & {
  readonly does: 'change-policy';
  readonly was: PolicyFacts;
  readonly before: Json;
};

/** Either. */
export type PolicyPart = CreatePolicyPart | ChangePolicyPart;
