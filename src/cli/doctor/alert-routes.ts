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
  readonly groups: readonly ActionGroup[];
};

/** Whom alerts call. */
export type ActionGroup = { readonly id: string; readonly webhooks: readonly Webhook[]; readonly enabled: boolean };

/** A call of an action group; `entra`: with a token, of a secure webhook; null: without. */
export type Webhook = {
  readonly name: string;
  readonly uri: string;
  readonly isCommonSchema: boolean;
  readonly entra: { readonly objectId: string; readonly identifierUri: string; readonly tenantId: string } | null;
};

const ruleShape = z.object({
  properties: z.object({
    scopes: z.array(z.string()),
    actions: z.array(z.object({ actionType: z.string(), actionGroupIds: z.array(z.string()).default([]) })),
    enabled: z.boolean().default(true),
  }),
});
/** Monitor 2023-01-01, `WebhookReceiver`. */
const webhookShape = z.object({
  name: z.string(),
  serviceUri: z.string(),
  useCommonAlertSchema: z.boolean().nullish(),
  useAadAuth: z.boolean().nullish(),
  objectId: z.string().nullish(),
  identifierUri: z.string().nullish(),
  tenantId: z.string().nullish(),
});
const groupShape = z.object({
  id: z.string(),
  properties: z.object({
    enabled: z.boolean().default(true),
    webhookReceivers: z.array(webhookShape).nullish(),
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
    webhooks: (properties.webhookReceivers ?? []).map(webhookOf),
  };
}

function webhookOf(body: z.infer<typeof webhookShape>): Webhook {
  const { name, serviceUri: uri, useCommonAlertSchema, useAadAuth } = body;
  const { objectId, identifierUri, tenantId } = body;
  const entra = { objectId: objectId ?? '', identifierUri: identifierUri ?? '', tenantId: tenantId ?? '' };
  return { name, uri, isCommonSchema: useCommonAlertSchema === true, entra: useAadAuth === true ? entra : null };
}
