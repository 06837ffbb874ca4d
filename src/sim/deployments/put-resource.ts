import type { Call } from '../http/call.ts';
import type { TemplateResource } from '../state/state-deployments.ts';
import { enforceLinked } from '../access/enforce-linked.ts';
import { later } from '../state/later.ts';
import { idOf } from '../ids.ts';
import { field, textField, type Json } from '../json.ts';
import { span } from '../state/world.ts';
import { makerOf } from './makers.ts';

/**
 * Begins to create what a PUT of its own requests, as a deployment would: missing permissions on linked resources are
 * refused first, then what can't be created. Ends `operationId`, if there is one. Which of a provider's refusals a PUT
 * returns at once and which show only in its operation isn't recorded: here all at once.
 */
export function putResource(call: Call, type: string, operationId?: string): TemplateResource {
  const resource = resourceOf(call, type);
  const maker = makerOf(resource);
  for (const { needs, on } of maker.links(resource))
    enforceLinked(call, { action: `${type}/write`, scope: resource.id, needs: [needs], on });
  maker.begin(call.world, resource);
  const [from, upTo] = maker.seconds;
  const ends = { kind: 'resource-made' as const, resource, ...(operationId === undefined ? {} : { operationId }) };
  later(call.world, span(call.world, from, upTo), ends);
  return resource;
}

function resourceOf(call: Call, type: string): TemplateResource {
  const { sub: subscription = '', group: resourceGroup = '', name = '' } = call.params;
  const tags = field(call.body, 'tags');
  const zones = field(call.body, 'zones');
  const place = { subscription, resourceGroup, name };
  return {
    ...place,
    id: idOf(type, place),
    type,
    apiVersion: call.version,
    location: textField(call.body, 'location') ?? '',
    tags: typeof tags === 'object' && tags !== null ? (tags as Record<string, string>) : {},
    zones: Array.isArray(zones) ? (zones as string[]) : [],
    properties: (field(call.body, 'properties') ?? {}) as Json,
    dependsOn: [],
  };
}
