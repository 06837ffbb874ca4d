import type { Json } from '../json.ts';

/** A role's permissions, with Azure's wildcards. */
export type RolePermissions = {
  actions: string[];
  notActions: string[];
  dataActions: string[];
  notDataActions: string[];
  /** The condition that applies to all of it, as in some built-in roles. */
  condition?: string;
};

/** A role, built in or custom. `id` is its GUID. */
export type RoleSpec = { id: string; name: string; description: string; custom: boolean; permissions: RolePermissions };

/** A role assignment. Before `inForceAt` (milliseconds) it shows, but grants nothing. */
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

/** A deny assignment, which overrides every role. */
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
  people: { id: string; name: string; mail: string; guest?: true; disabled?: true }[];
  groups: { id: string; name: string; members: string[] }[];
  servicePrincipals: { id: string; appId: string; name: string }[];
  /** False: the operating identity lacks Application.Read.All. */
  readableByBot: boolean;
  /** False: it lacks User.Read.All and GroupMember.Read.All. */
  peopleReadableByBot?: boolean;
  /** App registrations with the beginnings of their secrets, and when those expire. */
  applications?: { appId: string; name: string; secrets: { hint: string; ends: string }[] }[];
  /** The tenant's authorization policy; what is left out is as in a new tenant. */
  rules?: { allowedToCreateApps?: boolean; guestUserRoleId?: string; allowInvitesFrom?: string };
  /** The owner as in Graph: whether they are a guest, and their directory roles (template IDs). */
  owner?: { guest?: true; roles?: string[]; readsPolicies?: boolean };
};

/** An event of the activity log. */
export type ActivitySpec = {
  id: string;
  at: string;
  /** A person's sign-in name, or an application's object ID; null: it names nobody. */
  caller: string | null;
  operation: string;
  resourceId: string;
  status: string;
};

/** A resource that the simulator only stores: its `properties` as Azure writes them. */
export type NamedSpec = { id: string; properties: { [name: string]: Json } };
