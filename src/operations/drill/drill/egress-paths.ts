/** Egress: what lets something in a subnet reach anything outside its virtual network. Pure. */
import type { OutboundRule, SubnetWays } from '../../../azure/gateway.ts';

/** One opening to the outside: what it is, and its name. */
export type Opening = {
  readonly by:
    | 'nat-gateway'
    | 'peering'
    | 'gateway'
    | 'route'
    | 'service-endpoint'
    | 'private-endpoint'
    | 'service'
    | 'rule'
    | 'no-rule';
  readonly name: string;
};

/** All egress paths of a subnet; empty: it has none. Anything unknown counts as one. */
export function egressPaths(ways: SubnetWays): readonly Opening[] {
  const { natGatewayId, peerings, routes, serviceEndpoints, privateEndpoints, services, hasGatewaySubnet } = ways;
  return [
    ...(natGatewayId === null ? [] : [{ by: 'nat-gateway' as const, name: nameOf(natGatewayId) }]),
    ...peerings.map(({ name }) => ({ by: 'peering' as const, name })),
    ...(hasGatewaySubnet ? [{ by: 'gateway' as const, name: 'GatewaySubnet' }] : []),
    ...routes.filter(leadsOut).map(({ name }) => ({ by: 'route' as const, name })),
    ...privateEndpoints.map((id) => ({ by: 'private-endpoint' as const, name: nameOf(id) })),
    ...[...new Set(services.map(nameOfService))].map((name) => ({ by: 'service' as const, name })),
    ...serviceEndpoints.map((name) => ({ by: 'service-endpoint' as const, name })),
    ...byRules(ways),
  ];
}

function leadsOut({ nextHop }: SubnetWays['routes'][number]): boolean {
  return !/^(None|VnetLocal)$/i.test(nextHop);
}

/**
 * Without default outbound access nothing gets out unless another opening leads there; with it, the rules have to deny
 * it. They apply in the order of their priorities, up to the first that denies everything (azure-docs,
 * network-security-groups-overview).
 */
function byRules({ defaultOutbound, rules }: SubnetWays): readonly Opening[] {
  if (defaultOutbound === false) return [];
  if (rules === null) return [{ by: 'no-rule', name: '' }];
  const inOrder = rules.toSorted((a, b) => a.priority - b.priority);
  const closing = inOrder.findIndex(deniesInternet);
  const counting = closing < 0 ? inOrder : inOrder.slice(0, closing);
  const open = counting.filter(({ access, destinations }) => !/^Deny$/i.test(access) && !destinations.every(isInside));
  if (open.length > 0) return open.map(({ name }) => ({ by: 'rule', name }));
  return closing < 0 ? [{ by: 'no-rule', name: '' }] : [];
}

function deniesInternet({ access, protocol, sources, destinations, ports }: OutboundRule): boolean {
  const isWhole = protocol === '*' && sources.includes('*') && ports.includes('*');
  return /^Deny$/i.test(access) && isWhole && destinations.some((one) => /^(\*|Internet|0\.0\.0\.0\/0)$/i.test(one));
}

function isInside(destination: string): boolean {
  return /^VirtualNetwork$/i.test(destination);
}

/** The name of the resource, such as a firewall, of whose address the ID may be. */
function nameOfService(id: string): string {
  const [, name] = /\/providers\/[^/]+\/(?!virtualNetworks\/)[^/]+\/([^/]+)/i.exec(id) ?? [];
  return name ?? nameOf(id);
}

function nameOf(id: string): string {
  return id.split('/').pop() ?? id;
}
