import type { ProtectionPolicyResource } from '@azure/arm-recoveryservicesbackup';
import { parentId } from '../../../core/arm-id.ts';
import type { Json } from '../../../core/json.ts';
import { jsonPart, type PolicyDocument } from '../../policy-shape.ts';
import { WireFailure } from '../map-fault.ts';
import { required, subject } from './azure-values.ts';
import { policyFacts } from './policy-facts.ts';

/** The names that identify a policy for the backup client, in the order of its methods' parameters. */
export function policyPath(id: string): [vault: string, resourceGroup: string, policy: string] {
  const { type, name } = subject(id);
  if (!/^vaults\/backupPolicies$/i.test(type)) throw new WireFailure({ kind: 'refused', code: 'NoResourceId' });
  const vault = subject(parentId(id));
  return [vault.name, vault.resourceGroup, name];
}

/**
 * A policy with everything that Azure has of it. `raw` is the unparsed response, since the SDK knows less than it
 * contains.
 */
export function policyDocument(read: ProtectionPolicyResource, raw: Json): PolicyDocument {
  required(read.properties?.backupManagementType, 'backupManagementType');
  return { facts: policyFacts(read), body: jsonPart(raw)['properties'] ?? null };
}
