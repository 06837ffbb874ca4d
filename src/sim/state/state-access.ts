import type { Json } from '../json.ts';

/** What a role allows, with Azure's wildcards. */
export type RolePermissions = {
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
  /** Under which all of it holds only, as in some built-in roles. */
  condition?: string;
};

/** A role, built in or custom. `id` is its GUID. */
export type RoleSpec = { id: string; name: string; description: string; custom: boolean; permissions: RolePermissions };

/** A role given to a principal at a scope. Before `inForceAt` (milliseconds) it is shown, but grants nothing. */
export type RoleAssignmentSpec = {
  name: string;
  scope: string;
  roleId: string;
  principalId: string;
  principalType: 'User' | 'Group' | 'ServicePrincipal';
  condition?: string;
  description?: string;
  created: string;
  inForceAt?: number;
};

/** A denial that stands above every role. */
export type DenyAssignmentSpec = {
  id: string;
  name: string;
  scope: string;
  permissions: RolePermissions;
  principals: { id: string; type: string }[];
  excluded: { id: string; type: string }[];
};

/** A lock at a scope. */
export type LockSpec = { name: string; scope: string; level: 'ReadOnly' | 'CanNotDelete'; notes?: string };

/** The directory: people, groups with their members, and applications with their service principals. */
export type Directory = {
  people: { id: string; name: string; mail: string; guest?: true }[];
  groups: { id: string; name: string; members: string[] }[];
  servicePrincipals: { id: string; appId: string; name: string }[];
  /** False: the operating identity lacks Application.Read.All. */
  readableByBot: boolean;
  /** App registrations with what their secrets begin with, and when those end. */
  applications?: { appId: string; name: string; secrets: { hint: string; ends: string }[] }[];
  /** What the tenant's authorization policy says; what is left out is as in a new tenant. */
  rules?: { allowedToCreateApps?: boolean; guestUserRoleId?: string; allowInvitesFrom?: string };
  /** The owner as Graph knows him: whether he is a guest, which roles of the directory he holds (template ids). */
  owner?: { guest?: true; roles?: string[]; readsPolicies?: boolean };
};

/** An event of the activity log. */
export type ActivitySpec = {
  id: string;
  at: string;
  /** A person's sign-in name, or the object id of an application; null: it names nobody. */
  caller: string | null;
  operation: string;
  resourceId: string;
  status: string;
};

/** A resource of which the simulator only keeps what it is told: its `properties` as Azure writes them. */
export type NamedSpec = { id: string; properties: { [name: string]: Json } };
