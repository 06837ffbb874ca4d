import { z } from 'zod';
import { mapFault } from '../../../azure/arm/map-fault.ts';
import { ok, problem, someOf, unknown, type Finding } from '../finding.ts';
import type { BeforeLine } from './before-line.ts';
import type { TemplateRole } from './template-needs.ts';

const about = 'Roles';
const roleShape = z.object({
  name: z.string(),
  properties: z.object({ roleName: z.string(), assignableScopes: z.array(z.string()).default([]) }),
});

type Asked = {
  readonly subscription: string;
  /** Every visible subscription: a role's name is taken in the whole tenant. */
  readonly visible: readonly string[];
  readonly roles: readonly TemplateRole[];
};

// Each costs a call; with more subscriptions, the remedy's command checks the rest.
const maxSubscriptions = 50;

/**
 * Whether a custom role with one of our names already exists: Azure refuses a second one in the tenant. Those that an
 * earlier deployment to this subscription created have the template's own IDs, and are updated.
 */
export async function checkRoleNames(
  { list }: BeforeLine,
  { subscription, visible, roles }: Asked,
): Promise<readonly Finding[]> {
  const asked = [subscription, ...visible.filter((one) => one !== subscription)].slice(0, maxSubscriptions);
  const path = (at: string) =>
    `/subscriptions/${at}/providers/Microsoft.Authorization/roleDefinitions?$filter=${encodeURIComponent("type eq 'CustomRole'")}&api-version=2022-04-01`;
  try {
    const lists = await Promise.all(asked.map((at) => list(path(at))));
    return judged(
      { subscription, roles, asked: asked.length },
      lists.flat().map((one) => roleShape.parse(one)),
    );
  } catch (error) {
    const { facts } = mapFault(error, 'listing the custom roles');
    const look = 'az role definition list --custom-role-only --query "[].roleName"';
    return [unknown(about, `the custom roles of the tenant can't be read: ${facts.code ?? facts.kind}`, look)];
  }
}

type Judged = Pick<Asked, 'subscription' | 'roles'> & { readonly asked: number };

function judged({ subscription, roles, asked }: Judged, there: readonly z.infer<typeof roleShape>[]) {
  const taken = roles.flatMap((role) => {
    const others = there.filter(
      ({ name, properties }) =>
        properties.roleName.toLowerCase() === role.name.toLowerCase() && name.toLowerCase() !== role.idAt(subscription),
    );
    return others.length > 0
      ? [{ name: role.name, where: others.flatMap((one) => one.properties.assignableScopes) }]
      : [];
  });
  if (taken.length === 0)
    return [ok(about, `none of the ${roles.length} role names is taken, in ${asked} subscriptions that can be seen`)];
  const names = taken.map(({ name }) => name);
  const where = [...new Set(taken.flatMap((one) => one.where))];
  const remedy = `Delete those that nothing uses: for role in ${names.join(' ')}; do az role definition delete --name "$role"; done; a role that is assigned is kept`;
  const found = `names of roles that are taken in this tenant (by roles for ${someOf(where, 3)}): ${someOf(names, 20)}`;
  return [problem(about, found, remedy)];
}
