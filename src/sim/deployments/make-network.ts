import type { TemplateResource } from '../state/state-deployments.ts';
import type { InterfaceSpec, NetworkPartSpec } from '../state/state-network.ts';
import type { World } from '../state/world.ts';
import { ArmRefusal } from '../http/reply.ts';
import { at, same, virtualNetworkId } from '../ids.ts';
import { field, part, textField } from '../json.ts';
import { enforceAddresses, nextAddress } from '../network/subnet-use.ts';
import type { Link, Maker } from './maker.ts';

/**
 * Creates network interfaces, and public addresses and network security groups, of which only the existence is kept.
 */
export const networkMakers: Maker[] = [
  {
    type: 'Microsoft.Network/networkInterfaces',
    seconds: [4, 12],
    links: interfaceLinks,
    change: (world, resource) => {
      const found = at(world.state.networkInterfaces, resource);
      if (!found) return 'Create';
      return same(found.subnetId, interfaceOf(resource).subnetId) ? 'NoChange' : 'Modify';
    },
    begin: beginInterface,
    end: () => undefined,
  },
  partMaker('Microsoft.Network/publicIPAddresses', (world) => world.state.publicAddresses),
  partMaker('Microsoft.Network/networkSecurityGroups', (world) => world.state.securityGroups),
];

function partMaker(type: string, listOf: (world: World) => NetworkPartSpec[]): Maker {
  return {
    type,
    seconds: [3, 8],
    links: () => [],
    change: (world, resource) => (at(listOf(world), resource) ? 'NoChange' : 'Create'),
    begin: (world, resource) => {
      if (!at(listOf(world), resource)) listOf(world).push(placed(resource));
    },
    end: () => undefined,
  };
}

function placed({ subscription, resourceGroup, name, location, tags }: TemplateResource): NetworkPartSpec {
  return { subscription, resourceGroup, name, location, tags };
}

function interfaceOf(resource: TemplateResource): InterfaceSpec {
  const configurations = field(resource.properties, 'ipConfigurations');
  const first: unknown = field(Array.isArray(configurations) ? configurations[0] : null, 'properties');
  const publicAddressId = textField(field(first, 'publicIPAddress'), 'id');
  const securityGroupId = textField(part(resource.properties, 'networkSecurityGroup'), 'id');
  return {
    ...placed(resource),
    subnetId: textField(field(first, 'subnet'), 'id') ?? '',
    ...(publicAddressId ? { publicAddressId } : {}),
    ...(securityGroupId ? { securityGroupId } : {}),
  };
}

function interfaceLinks(resource: TemplateResource): Link[] {
  const { subnetId, publicAddressId, securityGroupId } = interfaceOf(resource);
  return [
    { needs: 'Microsoft.Network/virtualNetworks/subnets/join/action', on: subnetId },
    ...(publicAddressId ? [{ needs: 'Microsoft.Network/publicIPAddresses/join/action', on: publicAddressId }] : []),
    ...(securityGroupId ? [{ needs: 'Microsoft.Network/networkSecurityGroups/join/action', on: securityGroupId }] : []),
  ];
}

function beginInterface(world: World, resource: TemplateResource): void {
  const wanted = interfaceOf(resource);
  const { publicAddressId, securityGroupId } = wanted;
  if (!hasSubnet(world, wanted)) throw invalidReference(wanted.subnetId, resource.id);
  const { publicAddresses, securityGroups } = world.state;
  if (publicAddressId && !known(publicAddresses, 'publicIPAddresses', publicAddressId))
    throw invalidReference(publicAddressId, resource.id);
  if (securityGroupId && !known(securityGroups, 'networkSecurityGroups', securityGroupId))
    throw invalidReference(securityGroupId, resource.id);
  const found = at(world.state.networkInterfaces, resource);
  const moves = !found || !same(found.subnetId, wanted.subnetId);
  if (moves) enforceAddresses(world.state, wanted.subnetId);
  const address = moves ? nextAddress(world.state, wanted.subnetId) : found.privateAddress;
  const made = { ...wanted, ...(address ? { privateAddress: address } : {}) };
  if (found) Object.assign(found, made);
  else world.state.networkInterfaces.push(made);
}

function hasSubnet(world: World, { subnetId, location }: InterfaceSpec): boolean {
  return world.state.virtualNetworks.some(
    (network) =>
      network.location === location &&
      network.subnets.some(({ name }) => same(`${virtualNetworkId(network)}/subnets/${name}`, subnetId)),
  );
}

function known(all: readonly NetworkPartSpec[], type: string, id: string): boolean {
  const [, , subscription = '', , resourceGroup = '', , , kind, name = ''] = id.split('/');
  return same(kind, type) && at(all, { subscription, resourceGroup, name }) !== undefined;
}

/** The network provider's wording for both what doesn't exist and what is in another region. */
function invalidReference(id: string, from: string): ArmRefusal {
  return new ArmRefusal(
    400,
    'InvalidResourceReference',
    `Resource ${id} referenced by resource ${from} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
  );
}
