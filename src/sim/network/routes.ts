import type { Call } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { NetworkSpec } from '../state/state-network.ts';
import { visible } from '../access/visible.ts';
import { listed, placeOf } from '../http/place.ts';
import { page } from '../http/paging.ts';
import { ok, resourceNotFound, type Reply } from '../http/reply.ts';
import { at, same, virtualNetworkId, type ResourcePath } from '../ids.ts';
import type { JsonBody } from '../json.ts';
import { computeOperation } from '../compute/compute-operations.ts';
import { deleteResource } from '../compute/delete-resource.ts';
import { routeTableBody, securityGroupBody } from './filter-bodies.ts';
import { interfaceBody, networkBody, publicAddressBody, subnetsBody } from './network-body.ts';
import { listSubnetUsages } from './subnet-usages.ts';

const SUB = '/subscriptions/:sub';
const GROUP = `${SUB}/resourcegroups/:group`;
const NETWORKS = 'providers/microsoft.network/virtualnetworks';
const INTERFACES = 'providers/microsoft.network/networkinterfaces';
const INTERFACE = 'Microsoft.Network/networkInterfaces';
const PUBLIC_ADDRESS = 'Microsoft.Network/publicIPAddresses';
const SECURITY_GROUP = 'Microsoft.Network/networkSecurityGroups';
const ROUTE_TABLE = 'Microsoft.Network/routeTables';
const NETWORK = { type: 'Microsoft.Network/virtualNetworks', action: 'Microsoft.Network/virtualNetworks/read' };

const SUBNET = { type: NETWORK.type, action: 'Microsoft.Network/virtualNetworks/subnets/read' };

/** The simulated calls of the network provider: virtual networks, what filters and routes, interfaces. */
export const networkRoutes: Route[] = [
  { method: 'GET', path: `${SUB}/${NETWORKS}`, ...NETWORK, handle: listNetworks },
  { method: 'GET', path: `${GROUP}/${NETWORKS}`, ...NETWORK, handle: listNetworks },
  { method: 'GET', path: `${GROUP}/${NETWORKS}/:name`, ...NETWORK, handle: showNetwork },
  { method: 'GET', path: `${GROUP}/${NETWORKS}/:name/subnets`, ...SUBNET, handle: listSubnets },
  { method: 'GET', path: `${GROUP}/${NETWORKS}/:name/subnets/:subnet`, ...SUBNET, handle: showSubnet },
  {
    method: 'GET',
    path: `${GROUP}/${NETWORKS}/:name/usages`,
    type: NETWORK.type,
    action: 'Microsoft.Network/virtualNetworks/usages/read',
    handle: listSubnetUsages,
  },
  {
    method: 'GET',
    path: `${GROUP}/${INTERFACES}/:name`,
    type: INTERFACE,
    action: `${INTERFACE}/read`,
    handle: showInterface,
  },
  {
    method: 'DELETE',
    path: `${GROUP}/${INTERFACES}/:name`,
    type: INTERFACE,
    action: `${INTERFACE}/delete`,
    handle: (call) => deleteResource(call, 'networkInterfaces', at(call.world.state.networkInterfaces, placeOf(call))),
  },
  {
    method: 'GET',
    path: `${GROUP}/providers/microsoft.network/publicipaddresses/:name`,
    type: PUBLIC_ADDRESS,
    action: `${PUBLIC_ADDRESS}/read`,
    handle: (call) => show(call, PUBLIC_ADDRESS, { all: call.world.state.publicAddresses, body: publicAddressBody }),
  },
  {
    method: 'GET',
    path: `${GROUP}/providers/microsoft.network/networksecuritygroups/:name`,
    type: SECURITY_GROUP,
    action: `${SECURITY_GROUP}/read`,
    handle: (call) => show(call, SECURITY_GROUP, { all: call.world.state.securityGroups, body: securityGroupBody }),
  },
  {
    method: 'GET',
    path: `${GROUP}/providers/microsoft.network/routetables/:name`,
    type: ROUTE_TABLE,
    action: `${ROUTE_TABLE}/read`,
    handle: (call) => show(call, ROUTE_TABLE, { all: call.world.state.routeTables, body: routeTableBody }),
  },
  // Which permission Azure requires to follow a call isn't recorded.
  {
    method: 'GET',
    path: `${SUB}/providers/microsoft.network/locations/:region/operations/:operation`,
    type: INTERFACE,
    action: null,
    handle: (call) => ok({ status: computeOperation(call).end ? 'Succeeded' : 'InProgress' }),
  },
];

function show<Spec extends ResourcePath>(call: Call, type: string, from: Shown<Spec>): Reply {
  const place = placeOf(call);
  const found = at(from.all, place);
  if (!found) throw resourceNotFound(type, place.name, place.resourceGroup);
  return ok(from.body(found));
}

type Shown<Spec> = { all: readonly Spec[]; body: (spec: Spec) => JsonBody };

/** The interface that a path names. */
export function showInterface(call: Call): Reply {
  return show(call, INTERFACE, { all: call.world.state.networkInterfaces, body: interfaceBody });
}

function listNetworks(call: Call): Reply {
  const { virtualNetworks } = call.world.state;
  const shown = virtualNetworks.filter(
    (one) => listed(call, one) && visible(call, virtualNetworkId(one), NETWORK.action),
  );
  return ok(page<NetworkSpec>(call, shown, networkBody));
}

function showNetwork(call: Call): Reply {
  return show(call, NETWORK.type, { all: call.world.state.virtualNetworks, body: networkBody });
}

function listSubnets(call: Call): Reply {
  return ok(page(call, subnetsBody(theNetwork(call)), (subnet) => subnet));
}

function showSubnet(call: Call): Reply {
  const network = theNetwork(call);
  const found = subnetsBody(network).find(({ name }) => same(String(name), call.params.subnet));
  if (found) return ok(found);
  const named = `${network.name}/${call.params.subnet ?? ''}`;
  throw resourceNotFound(`${NETWORK.type}/subnets`, named, network.resourceGroup);
}

function theNetwork(call: Call): NetworkSpec {
  const place = placeOf(call);
  const found = at(call.world.state.virtualNetworks, place);
  if (!found) throw resourceNotFound(NETWORK.type, place.name, place.resourceGroup);
  return found;
}
