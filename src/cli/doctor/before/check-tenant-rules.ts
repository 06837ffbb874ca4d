import { z } from 'zod';
import { ownOf } from '../../../core/own-of.ts';
import { ok, problem, unknown, warning, type Finding } from '../finding.ts';
import type { BeforeLine } from './before-line.ts';

const about = 'Directory';

// learn.microsoft.com, "Microsoft Entra built-in roles": template IDs, which are the same in every tenant.
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
const registering = [
  globalAdministrator,
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', // Application Administrator
  '158c047a-c907-4556-b7ef-487551a6b5f7', // Cloud Application Administrator
  'cf1c38e5-3621-4004-a7cb-879624dced7c', // Application Developer
];
const consenting = [globalAdministrator, 'e8611ab8-c189-46e8-94e1-60213ab1f814']; // Privileged Role Administrator

/** What a guest can read, by the role that the tenant gives guests (Graph, `authorizationPolicy`). */
const guestRoles: Readonly<Record<string, string>> = {
  'a0b1b346-4d3e-4e8b-98f8-753987be4970': 'as members',
  '10dae51f-b6af-4016-8d66-8c2a99b929b3': 'with limited access',
  '2af84b1e-32c8-42b7-82bc-daa82404023b': 'with access to themselves only',
};

const policyShape = z.object({
  allowInvitesFrom: z.string().nullish(),
  guestUserRoleId: z.string().nullish(),
  defaultUserRolePermissions: z.object({ allowedToCreateApps: z.boolean() }),
});
const meShape = z.object({ displayName: z.string().nullish(), userType: z.string().nullish() });
const rolesShape = z.object({ value: z.array(z.object({ roleTemplateId: z.string() })) });

/** The command with which somebody who may read the tenant's policy sees that. */
const askPolicy = (query: string) =>
  `az rest --url https://graph.microsoft.com/v1.0/policies/authorizationPolicy --query '${query}'`;

/** What the tenant's own rules refuse: app registrations, consent to Graph permissions, guests. */
export async function checkTenantRules({ graph }: BeforeLine): Promise<readonly Finding[]> {
  const asked = async <Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.infer<Shape> | null> => {
    const { status, body } = await graph(`/v1.0${path}`);
    return status === 200 ? (shape.safeParse(body).data ?? null) : null;
  };
  const [policy, me, held] = await Promise.all([
    asked('/policies/authorizationPolicy', policyShape),
    asked('/me?$select=displayName,userType', meShape),
    asked('/me/transitiveMemberOf/microsoft.graph.directoryRole', rolesShape),
  ]);
  const roles = held?.value.map(({ roleTemplateId }) => roleTemplateId.toLowerCase()) ?? null;
  return [
    ...(me === null ? [] : guestFindings(me)),
    registration(policy?.defaultUserRolePermissions.allowedToCreateApps ?? null, roles),
    consent(roles),
    guests(policy),
  ];
}

function guestFindings({ userType }: z.infer<typeof meShape>): readonly Finding[] {
  if (userType !== 'Guest') return [];
  const remedy = 'Have a member of the tenant do it, or: az login --tenant with an account that is one';
  return [problem(about, "you're a guest in this tenant, and guests can't register apps or read who is who", remedy)];
}

type Held = readonly string[] | null;

const holds = (roles: Held, wanted: readonly string[]) => roles?.some((role) => wanted.includes(role)) ?? false;

/** The template needs none: its bot is a managed identity. Slack's sign-in and a manually created bot do. */
function registration(allowed: boolean | null, roles: Held): Finding {
  if (allowed === true || holds(roles, registering)) return ok(about, 'you can register apps');
  const purpose = "which Slack's sign-in needs, and a bot that isn't made by the template";
  if (allowed === null) {
    const look = `${askPolicy('defaultUserRolePermissions.allowedToCreateApps')}; or entra.microsoft.com, Users, User settings: "Users can register applications"`;
    return unknown(about, `whether you can register apps, ${purpose}`, look);
  }
  const found = `the tenant lets only some people register apps, ${purpose}`;
  return warning(
    about,
    found,
    'Ask for the Entra role Application Developer, or have someone who has it run: az ad app create --display-name kluis-sign-in --sign-in-audience AzureADMyOrg --web-redirect-uris https://<address>/slack/link/callback',
  );
}

function consent(roles: Held): Finding {
  if (holds(roles, consenting)) return ok(about, "you can give Kluis's identity its permissions in Microsoft Graph");
  const need = 'permissions in Microsoft Graph (docs/identities-and-roles.md), without which nobody can do anything';
  const who =
    'Have a Privileged Role Administrator or Global Administrator run the commands of docs/identities-and-roles.md, "Permissions in Microsoft Graph", once kluis-operate is there';
  if (roles === null) {
    const look = `az rest --url 'https://graph.microsoft.com/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole' --query value[].displayName; or entra.microsoft.com, Roles & admins, Your role; ${who}`;
    return unknown(about, `whether you can give ${need}`, look);
  }
  return warning(about, `you can't give ${need}`, who);
}

function guests(policy: z.infer<typeof policyShape> | null): Finding {
  const role = ownOf(guestRoles, policy?.guestUserRoleId?.toLowerCase() ?? '');
  if (!policy || role === undefined) {
    const look = `${askPolicy('{invites: allowInvitesFrom, role: guestUserRoleId}')}; or entra.microsoft.com, External Identities, External collaboration settings`;
    return unknown(about, 'what the tenant allows guests', look);
  }
  return ok(about, `guests come ${role}; invited by: ${policy.allowInvitesFrom ?? 'unknown'}`);
}
