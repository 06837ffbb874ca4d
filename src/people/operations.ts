import type { Facet } from './match.ts';
import { facets } from './match.ts';
import type { Role } from './roles.ts';

/** Everything that writes to Azure, by name. */
export const operationNames = [
  'protect',
  'back-up-now',
  'grant-key-vault-access',
  'recover-key-vault',
  'restore-disks',
  'restore-vm',
  'replace-disks',
  'create-vm',
  'push-ade-extension',
  'check-vm',
  'clean-up-staging',
  'drill',
  'delete-drill',
  'restore-key-and-secret',
  'point-disks-to-keys',
  'create-policy',
  'change-policy',
  'stop-protection',
  'resume-protection',
  'undelete',
  'cancel-job',
  'allow-vm-without-kek',
  'end-kek-exception',
  'allow-drills',
  'end-drills',
] as const;
export type OperationName = (typeof operationNames)[number];

/** What an operation asks where no rule says otherwise: the role of who starts it, and how many others approve. */
type OperationDefault = { readonly role: Role; readonly approvals: 0 | 1 };

/** The defaults of all operations. Who started a job may also cancel it; see `decide`. */
export const operationDefaults: Readonly<Record<OperationName, OperationDefault>> = {
  protect: { role: 'operator', approvals: 0 },
  'back-up-now': { role: 'operator', approvals: 0 },
  'grant-key-vault-access': { role: 'operator', approvals: 1 },
  'recover-key-vault': { role: 'operator', approvals: 1 },
  'restore-disks': { role: 'operator', approvals: 1 },
  'restore-vm': { role: 'operator', approvals: 1 },
  'replace-disks': { role: 'operator', approvals: 1 },
  'create-vm': { role: 'operator', approvals: 1 },
  'push-ade-extension': { role: 'operator', approvals: 1 },
  'check-vm': { role: 'operator', approvals: 0 },
  'clean-up-staging': { role: 'operator', approvals: 0 },
  drill: { role: 'operator', approvals: 1 },
  'delete-drill': { role: 'operator', approvals: 0 },
  'restore-key-and-secret': { role: 'operator', approvals: 1 },
  'point-disks-to-keys': { role: 'operator', approvals: 1 },
  'create-policy': { role: 'admin', approvals: 0 },
  'change-policy': { role: 'admin', approvals: 0 },
  'stop-protection': { role: 'approver', approvals: 0 },
  'resume-protection': { role: 'approver', approvals: 0 },
  undelete: { role: 'approver', approvals: 0 },
  'cancel-job': { role: 'admin', approvals: 0 },
  'allow-vm-without-kek': { role: 'operator', approvals: 1 },
  'end-kek-exception': { role: 'approver', approvals: 0 },
  'allow-drills': { role: 'operator', approvals: 1 },
  'end-drills': { role: 'operator', approvals: 0 },
};

/** How many approvals a rule has to demand before it is done at all: no default is enough. Absent: none has to. */
export const fewestApprovals: Readonly<Partial<Record<OperationName, number>>> = {
  // It overwrites what a VM has written since.
  'replace-disks': 2,
};

/** Whether all of these may be started without approvals where somebody breaks the glass. */
export function allowsBreakGlass(operations: readonly OperationName[]): boolean {
  return operations.every((operation) => fewestApprovals[operation] === undefined);
}

/** The facets that operations on a policy have; those on a VM have all. */
const policyFacets: readonly Facet[] = ['resourceGroup', 'vault', 'subscription'];

/** They touch no key vault. */
const noKeyVault: readonly OperationName[] = [
  'restore-vm',
  'replace-disks',
  'cancel-job',
  'stop-protection',
  'resume-protection',
  'undelete',
];

/** What touches a resource group and nothing in it that is known yet. */
const groupFacets: readonly Facet[] = ['resourceGroup', 'subscription'];

/** What touches a VM and nothing around it. */
const vmFacets: readonly Facet[] = ['vm', 'resourceGroup', 'tag', 'subscription'];

/**
 * By what a rule on an operation can be narrowed. Any other facet would fit nothing that the operation ever touches,
 * and the rule would be passed over in silence, so such a rule is refused when the file is read.
 */
export function facetsOf(operation: OperationName): readonly Facet[] {
  if (operation === 'create-policy' || operation === 'change-policy') return policyFacets;
  if (operation === 'allow-vm-without-kek' || operation === 'end-kek-exception') return vmFacets;
  if (operation === 'allow-drills' || operation === 'end-drills') return groupFacets;
  return noKeyVault.includes(operation) ? facets.filter((facet) => facet !== 'keyVault') : facets;
}
