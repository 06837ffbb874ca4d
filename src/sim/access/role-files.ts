import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { RoleSpec } from '../state/state-access.ts';

const roleFile = z.strictObject({
  Name: z.string().min(1),
  IsCustom: z.literal(true),
  Description: z.string().min(1),
  Actions: z.array(z.string()),
  NotActions: z.array(z.string()),
  DataActions: z.array(z.string()),
  NotDataActions: z.array(z.string()),
  AssignableScopes: z.array(z.string()).min(1),
});

const scope = z.enum([
  'subscription',
  'vaultGroup',
  'vmGroups',
  'keyVaultGroup',
  'keyVaults',
  'stagingGroup',
  'restoreGroup',
  'networkGroup',
  'drillGroup',
]);

/** The kind of place where a role is assigned. */
export type ScopeKind = z.infer<typeof scope>;

const identitiesFile = z.strictObject({
  identities: z.record(
    z.enum(['kluis-operate', 'kluis-grant', 'kluis-restore']),
    z.array(
      z.strictObject({
        role: z.string(),
        scopes: z.array(scope).min(1),
        condition: z.string().optional(),
        optional: z.literal(true).optional(),
      }),
    ),
  ),
});

/** Which identity gets which role where, from `manifest/azure/identities.json`. */
type IdentityRoles = z.infer<typeof identitiesFile>['identities'];

const FOLDER = join(import.meta.dirname, '../../../manifest/azure');

/** The custom role in `manifest/azure/<file>.json`, with its GUID in the simulated tenant. */
export function readRole(file: string, id: string): RoleSpec {
  const role = roleFile.parse(JSON.parse(readFileSync(join(FOLDER, `${file}.json`), 'utf8')));
  return {
    id,
    name: role.Name,
    description: role.Description,
    custom: true,
    permissions: {
      actions: role.Actions,
      notActions: role.NotActions,
      dataActions: role.DataActions,
      notDataActions: role.NotDataActions,
    },
  };
}

/** The identities of the product and their roles. */
export function readIdentities(): IdentityRoles {
  return identitiesFile.parse(JSON.parse(readFileSync(join(FOLDER, 'identities.json'), 'utf8'))).identities;
}
