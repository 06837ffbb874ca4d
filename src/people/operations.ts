import { type Facet, facets } from './match.ts';
import type { Role } from './roles.ts';

/** What roles and rules know about an operation. */
type OperationTraits = {
  /**
   * The default without a rule: the role needed to start it, and how many others must approve. Whoever started a job
   * may also cancel it; see `decide`.
   */
  readonly role: Role;
  readonly approvals: 0 | 1;
  /**
   * How many approvals a rule has to require before it runs at all: no default is enough. Absent: no rule is needed.
   */
  readonly fewest?: number;
  /** It allows things for months, so that nothing justifies it without the approvals. */
  readonly lasts?: true;
  /**
   * The facets that can narrow a rule on it. Any other facet would match nothing it ever touches, and the rule would
   * silently never apply, so such a rule is refused when the file is read.
   */
  readonly facets: readonly Facet[];
};

/** What only an administrator of everything can do, and concerns no VM. */
export type Administered = 'explain-errors' | 'unlink';

const withoutKeyVault = facets.filter((facet) => facet !== 'keyVault');
/** For what touches only a VM. */
const ofVm: readonly Facet[] = ['vm', 'resourceGroup', 'tag', 'subscription'];
const ofPolicy: readonly Facet[] = ['resourceGroup', 'vault', 'subscription'];
/** For what touches a resource group and nothing in it that is known yet. */
const ofGroup: readonly Facet[] = ['resourceGroup', 'subscription'];

const traits = {
  protect: { role: 'operator', approvals: 0, facets },
  'back-up-now': { role: 'operator', approvals: 0, facets },
  'register-provider': { role: 'operator', approvals: 0, facets: ofVm },
  'grant-key-vault-access': { role: 'operator', approvals: 1, facets },
  'recover-key-vault': { role: 'operator', approvals: 1, facets },
  'restore-disks': { role: 'operator', approvals: 1, facets },
  'restore-vm': { role: 'operator', approvals: 1, facets: withoutKeyVault },
  // It overwrites what a VM has written since.
  'replace-disks': { role: 'operator', approvals: 1, fewest: 2, facets: withoutKeyVault },
  'create-vm': { role: 'operator', approvals: 1, facets },
  'push-ade-extension': { role: 'operator', approvals: 1, facets },
  'check-vm': { role: 'operator', approvals: 0, facets },
  'clean-up-staging': { role: 'operator', approvals: 0, facets },
  drill: { role: 'operator', approvals: 1, facets },
  'delete-drill': { role: 'operator', approvals: 0, facets },
  'restore-key-and-secret': { role: 'operator', approvals: 1, facets },
  'point-disks-to-keys': { role: 'operator', approvals: 1, facets },
  'create-policy': { role: 'admin', approvals: 0, facets: ofPolicy },
  'change-policy': { role: 'admin', approvals: 0, facets: ofPolicy },
  'stop-protection': { role: 'approver', approvals: 0, facets: withoutKeyVault },
  'resume-protection': { role: 'approver', approvals: 0, facets: withoutKeyVault },
  undelete: { role: 'approver', approvals: 0, facets: withoutKeyVault },
  'cancel-job': { role: 'admin', approvals: 0, facets: withoutKeyVault },
  'allow-vm-without-kek': { role: 'operator', approvals: 1, lasts: true, facets: ofVm },
  'end-kek-exception': { role: 'approver', approvals: 0, facets: ofVm },
  'allow-drills': { role: 'operator', approvals: 1, lasts: true, facets: ofGroup },
  'end-drills': { role: 'operator', approvals: 0, facets: ofGroup },
} as const satisfies Readonly<Record<string, OperationTraits>>;

/** The name of an operation: the same in plans, in `kluis.yaml`, in the audit log and in metrics. */
export type OperationName = keyof typeof traits;

/** All operations, as roles and rules see them. */
export const operationTraits: Readonly<Record<OperationName, OperationTraits>> = traits;

/** Their names. */
export const operationNames = Object.keys(traits) as readonly OperationName[];

/** Whether all of these can be started by break-glass, without approvals. */
export function allowsBreakGlass(operations: readonly OperationName[]): boolean {
  return operations.map((operation) => operationTraits[operation]).every(({ fewest, lasts }) => !fewest && !lasts);
}
