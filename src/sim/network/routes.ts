import type { Call } from '../http/call.ts';
import type { Route } from '../http/route.ts';
import type { NetworkSpec } from '../state/state-network.ts';
import { visible } from '../access/visible.ts';
import { listed, placeOf } from '../compute/routes.ts';
import { page } from '../http/paging.ts';
import { ok, resourceNotFound, type Reply } from '../http/reply.ts';
import { at, virtualNetworkId } from '../ids.ts';
import { putResource } from '../deployments/put-resource.ts';
import { interfaceBody, networkBody } from './network-body.ts';

const SUB = '/subscriptions/:sub';
const GROUP = `${SUB}/resourcegroups/:group`;
const NETWORKS = 'providers/microsoft.network/virtualnetworks';
const INTERFACES = 'providers/microsoft.network/networkinterfaces';
const INTERFACE = 'Microsoft.Network/networkInterfaces';
const NETWORK = { type: 'Microsoft.Network/virtualNetworks', action: 'Microsoft.Network/virtualNetworks/read' };

/** The calls of the network provider that the simulator has: virtual networks with their subnets, and interfaces. */
export const networkRoutes: Route[] = [
  { method: 'GET', path: `${SUB}/${NETWORKS}`, ...NETWORK, handle: listNetworks },
  { method: 'GET', path: `${GROUP}/${NETWORKS}`, ...NETWORK, handle: listNetworks },
  { method: 'GET', path: `${GROUP}/${NETWORKS}/:name`, ...NETWORK, handle: showNetwork },
  {
    method: 'GET',
    path: `${GROUP}/${INTERFACES}/:name`,
    type: INTERFACE,
    action: `${INTERFACE}/read`,
    handle: showInterface,
  },
  {
    method: 'PUT',
    path: `${GROUP}/${INTERFACES}/:name`,
    type: INTERFACE,
    action: `${INTERFACE}/write`,
    handle: putInterface,
  },
];

function showInterface(call: Call): Reply {
  const place = placeOf(call);
  const found = at(call.world.state.networkInterfaces, place);
  if (!found) throw resourceNotFound(INTERFACE, place.name, place.resourceGroup);
  return ok(interfaceBody(found));
}

/** 201, and 200 for one that is there. That it is made at once is not recorded: Azure may say `Updating` first. */
function putInterface(call: Call): Reply {
  const there = at(call.world.state.networkInterfaces, placeOf(call)) !== undefined;
  putResource(call, INTERFACE);
  return { ...showInterface(call), status: there ? 200 : 201 };
}

function listNetworks(call: Call): Reply {
  const { virtualNetworks } = call.world.state;
  const shown = virtualNetworks.filter(
    (one) => listed(call, one) && visible(call, virtualNetworkId(one), NETWORK.action),
  );
  return ok(page<NetworkSpec>(call, shown, networkBody));
}

function showNetwork(call: Call): Reply {
  const place = placeOf(call);
  const found = at(call.world.state.virtualNetworks, place);
  if (!found) throw resourceNotFound(NETWORK.type, place.name, place.resourceGroup);
  return ok(networkBody(found));
}
