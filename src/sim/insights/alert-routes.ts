import type { Call } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import { page } from '../http/paging.ts';
import { ok, type Reply } from '../http/reply.ts';
import { within } from '../ids.ts';
import type { NamedSpec } from '../state/state-access.ts';

const SUB = '/subscriptions/:sub/providers';

/**
 * Where alerts go: alert processing rules and action groups, lists only. Their bodies are those of the documented
 * examples (azure-rest-api-specs: alertsmanagement 2021-08-08 AlertProcessingRules_List_ResourceGroup.json, monitor
 * getActionGroup.json). The estate has none.
 */
export const alertRouteRoutes: Route[] = [
  {
    method: 'GET',
    path: `${SUB}/microsoft.alertsmanagement/actionrules`,
    type: 'Microsoft.AlertsManagement/actionRules',
    action: 'Microsoft.AlertsManagement/actionRules/read',
    handle: (call) => listed(call, call.world.state.alertRules),
  },
  {
    method: 'GET',
    path: `${SUB}/microsoft.insights/actiongroups`,
    type: 'Microsoft.Insights/actionGroups',
    action: 'Microsoft.Insights/actionGroups/read',
    handle: (call) => listed(call, call.world.state.actionGroups),
  },
];

function listed(call: Call, all: readonly NamedSpec[]): Reply {
  const shown = all.filter(({ id }) => within(id, `/subscriptions/${call.params.sub}`));
  return ok(
    page<NamedSpec>(call, shown, ({ id, properties }) => ({
      id,
      name: id.split('/').at(-1) ?? '',
      location: 'Global',
      tags: {},
      properties,
    })),
  );
}
