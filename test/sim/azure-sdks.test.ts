import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NetworkManagementClient } from '@azure/arm-network';
import { StorageManagementClient } from '@azure/arm-storage';
import { forwardingClient } from '../../src/azure/arm/transport/forwarding-client.ts';
import { SUBSCRIPTION } from '../../src/sim/estate/known.ts';
import { SimulatedAzure } from './support/simulated-azure.ts';

/** What the product reads by plain requests, read by Azure's own SDKs. */

let azure: SimulatedAzure;
beforeAll(async () => {
  azure = await SimulatedAzure.start();
});
afterAll(() => azure.close());

const credential = { getToken: () => Promise.resolve({ token: 'owner', expiresOnTimestamp: 8.64e15 }) };
const options = () => ({ httpClient: forwardingClient(azure.simulator.url), retryOptions: { maxRetries: 0 } });

async function all<One>(pages: AsyncIterable<One>): Promise<readonly One[]> {
  const found: One[] = [];
  for await (const one of pages) found.push(one);
  return found;
}

test('the network SDK finds each virtual network with its subnets and their usage', async () => {
  const client = new NetworkManagementClient(credential, SUBSCRIPTION, options());
  const { virtualNetworks: networks } = await azure.state();
  const found = await all(client.virtualNetworks.listAll());
  expect(
    found.map(({ name, location, subnets }) => [name, location, subnets?.map((subnet) => subnet.addressPrefix)]),
  ).toEqual(networks.map(({ name, location, subnets }) => [name, location, subnets.map(({ prefix }) => prefix)]));
  expect(found.length).toBeGreaterThan(1);
  const [{ resourceGroup, name, subnets }] = networks as [(typeof networks)[0]];
  const usages = await all(client.virtualNetworks.listUsage(resourceGroup, name));
  expect(usages.map(({ id }) => id?.split('/').at(-1))).toEqual(subnets.map((subnet) => subnet.name));
  for (const { currentValue, limit } of usages) expect(limit).toBeGreaterThan(currentValue as number);
});

test('the network SDK finds a network’s filters, and gets a 404 for what doesn’t exist', async () => {
  const client = new NetworkManagementClient(credential, SUBSCRIPTION, options());
  const { securityGroups } = await azure.state();
  const [{ resourceGroup, name }] = securityGroups as [(typeof securityGroups)[0]];
  const group = await client.networkSecurityGroups.get(resourceGroup, name);
  expect(group).toMatchObject({ name, provisioningState: 'Succeeded' });
  expect(group.securityRules?.length).toBeGreaterThan(0);
  const missing = client.networkInterfaces.get(resourceGroup, 'nic-that-nobody-made');
  await expect(missing).rejects.toMatchObject({ code: 'ResourceNotFound', statusCode: 404 });
});

test('the storage SDK finds each storage account with its kind, its redundancy and its firewall', async () => {
  const client = new StorageManagementClient(credential, SUBSCRIPTION, options());
  const accounts = (await azure.state()).storageAccounts.filter((one) => one.subscription === SUBSCRIPTION);
  const found = await all(client.storageAccounts.list());
  expect(found.map((one) => [one.name, one.location, one.sku?.name, one.networkRuleSet?.defaultAction])).toEqual(
    accounts.map(({ name, location, sku = 'Standard_LRS', firewalled }) => {
      const action = firewalled === undefined ? undefined : firewalled ? 'Deny' : 'Allow';
      return [name, location, sku, action];
    }),
  );
  expect(found.some((one) => one.networkRuleSet?.defaultAction === 'Deny')).toBe(true);
  const [{ resourceGroup, name }] = accounts as [(typeof accounts)[0]];
  const one = await client.storageAccounts.getProperties(resourceGroup, name);
  expect(one.primaryEndpoints?.blob).toBe(`https://${name}.blob.core.windows.net/`);
});
