import { mapFault } from '../../../azure/arm/map-fault.ts';
import { ok, problem, someOf, unknown, type Finding } from '../finding.ts';
import { permissionsAtSubscription } from '../permissions-at.ts';
import { missingActions } from '../role-files.ts';
import type { BeforeLine } from './before-line.ts';
import type { TemplateNeeds } from './template-needs.ts';

const about = 'Rights';

type Deployer = {
  readonly subscription: string;
  readonly needs: Pick<TemplateNeeds, 'actions'>;
  /** The object ID of whoever is signed in; null: the token doesn't say. */
  readonly who: string | null;
};

/** Whether whoever is signed in can create everything in the template, at the subscription. */
export async function checkDeployerRights(
  { read }: BeforeLine,
  { subscription, needs, who }: Deployer,
): Promise<readonly Finding[]> {
  const scope = `/subscriptions/${subscription}`;
  try {
    const lacking = missingActions(needs, await permissionsAtSubscription(read, subscription));
    if (lacking.length === 0)
      return [ok(about, `all ${needs.actions.length} actions of the template are allowed at ${scope}`)];
    const assign = `az role assignment create --assignee ${who ?? '<object id>'} --role '${roleFor(lacking)}' --scope ${scope}`;
    const remedy = `Have an owner of the subscription assign it: ${assign}; if it is eligible in PIM, activate it`;
    return [problem(about, `you lack at ${scope}: ${someOf(lacking, 50)}`, remedy)];
  } catch (error) {
    const { facts } = mapFault(error, 'asking what is allowed');
    const found = `what you may do at ${scope} can't be read: ${facts.code ?? facts.kind}`;
    const look = `az role assignment list --assignee ${who ?? '<object id>'} --scope ${scope} --include-inherited --include-groups`;
    return [unknown(about, found, look)];
  }
}

/** The least powerful built-in role with all of it: no lesser one can write role definitions. Pure. */
function roleFor(lacking: readonly string[]): string {
  const access = lacking.filter((action) => action.startsWith('Microsoft.Authorization/'));
  if (access.length === 0) return 'Contributor';
  return access.length === lacking.length ? 'User Access Administrator' : 'Owner';
}
