import { AzureFault } from '../../../../azure/faults.ts';
import type { AzureReads, DenyAssignment, RoleAssignment, RoleDefinition } from '../../../../azure/gateway.ts';
import { allowsAction } from '../../../../core/action-match.ts';
import { guidOf, order, rolesOf, type RoleReads } from '../../../dialogs/role-givers.ts';
import { getsAt, type Reader } from '../../../parts/restore-disks.ts';

const seeing = 'Microsoft.Compute/disks/read';
const exporting = 'Microsoft.Compute/disks/beginGetAccess/action';
/** Attaching a disk to a VM. The permission it needs on the disk isn't recorded: reading it is assumed to be enough. */
const attaching = 'Microsoft.Compute/virtualMachines/write';

type Reads = RoleReads & Pick<AzureReads, 'denyAssignments'>;

/** `who` null: that couldn't be read. `allDenials` false: whom deny assignments exclude couldn't. */
type Readers = { readonly who: readonly Reader[] | null; readonly allDenials: boolean };

/**
 * Who has a role that reads a resource group's disks, assigned there or above it, and isn't known to be denied it. A
 * role's condition is ignored, so there may be fewer, and the members of a group aren't listed.
 */
export async function readersOf(reads: Reads, group: string): Promise<Readers> {
  const [given, denials] = await Promise.all([
    unlessBarred(() => reads.roleAssignments(group, null)),
    unlessBarred(() => reads.denyAssignments(group)),
  ]);
  const roles = given && (await unlessBarred(() => rolesOf(reads, group, given)));
  const who = given && roles ? readersAmong({ given, roles, denials: denials ?? [] }) : null;
  return { who, allDenials: denials !== null };
}

/** Null if it can't be read. The dialog retries transient faults. */
async function unlessBarred<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AzureFault && (error.kind === 'forbidden' || error.kind === 'missing')) return null;
    throw error;
  }
}

type Given = {
  readonly given: readonly RoleAssignment[];
  readonly roles: ReadonlyMap<string, RoleDefinition>;
  readonly denials: readonly DenyAssignment[];
};

/** Each once, with every role that lets them; who can get at the contents comes first. */
function readersAmong({ given, roles, denials }: Given): readonly Reader[] {
  const byPrincipal = Map.groupBy(given, ({ principalId }) => principalId.toLowerCase());
  const all = [...byPrincipal].flatMap(([id, own]) => {
    const kind = own[0]?.principalType ?? null;
    const against = denials.filter((denial) => denies(denial, { id, kind }));
    const lets = (one: RoleAssignment, action: string) =>
      allowsAction(roles.get(guidOf(one))?.permissions ?? [], action) &&
      !against.some(({ permissions }) => allowsAction(permissions, action));
    const may = (action: string) => own.some((one) => lets(one, action));
    const [sees, exports] = [may(seeing), may(exporting)];
    if (!sees && !exports) return [];
    const letting = own.filter((one) => [seeing, exporting, attaching].some((action) => lets(one, action)));
    const told = letting.map((one) => ({ role: roles.get(guidOf(one))?.name ?? '', scope: one.scope }));
    const byName = told.toSorted((a, b) => order(`${a.role} ${a.scope}`, `${b.role} ${b.scope}`));
    return [{ id, kind, exports, ...(sees && may(attaching) && { attaches: true as const }), roles: byName }];
  });
  return all.toSorted((a, b) => Number(getsAt(b)) - Number(getsAt(a)) || order(a.id, b.id));
}

/**
 * Whether a deny assignment is known to apply to somebody: whom its exceptions exempt through a group is unknown, and
 * members of a group may be exempted one by one.
 */
function denies(denial: DenyAssignment, { id, kind }: Pick<Reader, 'id' | 'kind'>): boolean {
  const among = (ids: readonly string[]) => ids.some((one) => one.toLowerCase() === id);
  if (!denial.childScopes || among(denial.excluded)) return false;
  if (!denial.everyone && !among(denial.principals)) return false;
  return /^(User|ServicePrincipal)$/i.test(kind ?? '') ? !denial.excludesGroups : denial.excluded.length === 0;
}
