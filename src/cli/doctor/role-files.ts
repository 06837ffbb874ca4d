import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { z } from 'zod';
import type { Permissions } from '../../azure/gateway.ts';
import { allowsAction, allowsData } from '../../core/action-match.ts';

/** Where the role files and `identities.json` are. */
export const rolesFolder = fileURLToPath(new URL('../../../manifest/azure/', import.meta.url));

const roleShape = z.object({ Name: z.string(), Actions: z.array(z.string()), DataActions: z.array(z.string()) });
const scopeNames = [
  'subscription',
  'vaultGroup',
  'vmGroups',
  'keyVaultGroup',
  'keyVaults',
  'stagingGroup',
  'restoreGroup',
  'networkGroup',
  'drillGroup',
] as const;
const givenShape = z.object({
  role: z.string(),
  scopes: z.array(z.enum(scopeNames)),
  condition: z.string().optional(),
  /** The product works without it. */
  optional: z.literal(true).optional(),
});
const identitiesShape = z.object({
  identities: z.object({
    'kluis-operate': z.array(givenShape),
    'kluis-grant': z.array(givenShape),
    'kluis-restore': z.array(givenShape),
  }),
});

/** The kinds of scopes at which a role is assigned. */
export type ScopeName = (typeof scopeNames)[number];

/**
 * A role of an identity as in `manifest/azure`: its file, its name in Azure, what it allows, and where it is assigned.
 */
export type GivenRole = {
  readonly file: string;
  readonly name: string;
  readonly actions: readonly string[];
  /** For the contents of a key vault or a storage account. */
  readonly dataActions: readonly string[];
  readonly scopes: readonly ScopeName[];
};

/** The roles of each identity; `drills`: all roles that the restore identity needs for drills. */
type IdentityRoles = Readonly<Record<'operate' | 'grant' | 'restore' | 'drills', readonly GivenRole[]>>;

/** Reads which roles the identities need; throws if a file is missing or invalid. */
export async function readIdentityRoles(folder = rolesFolder): Promise<IdentityRoles> {
  const json = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown;
  const { identities } = identitiesShape.parse(await json('identities.json'));
  const withActions = async ({ role, scopes }: z.infer<typeof givenShape>): Promise<GivenRole> => {
    const { Name, Actions, DataActions } = roleShape.parse(await json(`${role}.json`));
    return { file: `${role}.json`, name: Name, actions: Actions, dataActions: DataActions, scopes };
  };
  return {
    operate: await Promise.all(identities['kluis-operate'].filter(isNeeded).map(withActions)),
    grant: await Promise.all(identities['kluis-grant'].filter(isNeeded).map(withActions)),
    restore: await Promise.all(identities['kluis-restore'].filter(isNeeded).map(withActions)),
    drills: await Promise.all(identities['kluis-restore'].filter(isOfDrills).map(withActions)),
  };
}

function isNeeded({ optional }: z.infer<typeof givenShape>): boolean {
  return !optional;
}

/** What is assigned only at other kinds of scope is that of a restore into any group. */
function isOfDrills({ scopes }: z.infer<typeof givenShape>): boolean {
  return scopes.some((scope) => scope === 'drillGroup' || scope === 'networkGroup' || scope === 'stagingGroup');
}

/** The actions of a role that these permissions don't allow. Pure. */
export function missingActions(role: Pick<GivenRole, 'actions'>, has: Permissions): readonly string[] {
  return role.actions.filter((action) => !allowsAction(has, action));
}

/** The same for its data actions. Pure. */
export function missingData(dataActions: readonly string[], has: Permissions): readonly string[] {
  const told = has.map(({ dataActions: all = [], notDataActions: not = [] }) => ({
    dataActions: all,
    notDataActions: not,
  }));
  return dataActions.filter((action) => !allowsData(told, action));
}
