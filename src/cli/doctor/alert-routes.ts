import { z } from 'zod';
import { mapFault } from '../../azure/arm/map-fault.ts';
import { everyPage } from '../../azure/arm/reads/every-page.ts';
import { plainPages, type PlainReads } from '../../azure/arm/reads/plain-reads.ts';

/** How Azure routes alerts in a subscription: rules that add action groups to alerts, and whom those call. */
export type AlertRoutes = {
  readonly rules: readonly {
    readonly scopes: readonly string[];
    readonly adds: readonly string[];
    readonly enabled: boolean;
  }[];
  readonly groups: readonly { readonly id: string; readonly webhooks: readonly string[]; readonly enabled: boolean }[];
};

const ruleShape = z.object({
  properties: z.object({
    scopes: z.array(z.string()),
    actions: z.array(z.object({ actionType: z.string(), actionGroupIds: z.array(z.string()).default([]) })),
    enabled: z.boolean().default(true),
  }),
});
const groupShape = z.object({
  id: z.string(),
  properties: z.object({
    enabled: z.boolean().default(true),
    webhookReceivers: z.array(z.object({ serviceUri: z.string() })).nullish(),
  }),
});

/** Reads both lists. Throws `AzureFault`. */
export async function alertRoutes(read: PlainReads, subscription: string): Promise<AlertRoutes> {
  const below = `/subscriptions/${encodeURIComponent(subscription)}/providers`;
  const list = (path: string) => everyPage(plainPages<unknown>(read, `${below}/${path}`));
  try {
    const rules = await list('Microsoft.AlertsManagement/actionRules?api-version=2021-08-08');
    const groups = await list('Microsoft.Insights/actionGroups?api-version=2023-01-01');
    return { rules: rules.map(ruleOf), groups: groups.map(groupOf) };
  } catch (error) {
    throw mapFault(error, `reading where alerts of ${subscription} go`);
  }
}

function ruleOf(body: unknown): AlertRoutes['rules'][number] {
  const { scopes, actions, enabled } = ruleShape.parse(body).properties;
  const adding = actions.filter(({ actionType }) => actionType === 'AddActionGroups');
  return { scopes, enabled, adds: adding.flatMap(({ actionGroupIds }) => actionGroupIds) };
}

function groupOf(body: unknown): AlertRoutes['groups'][number] {
  const { id, properties } = groupShape.parse(body);
  return {
    id,
    enabled: properties.enabled,
    webhooks: (properties.webhookReceivers ?? []).map(({ serviceUri }) => serviceUri),
  };
}
