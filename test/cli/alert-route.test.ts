import { expect, test } from '@jest/globals';
import { alertRoutes } from '../../src/cli/doctor/alert-routes.ts';
import { checkAlertRoute } from '../../src/cli/doctor/checks/check-alert-route.ts';
import { plainLine } from '../azure/support/plain-line.ts';
import { subscription } from '../azure/support/names.ts';
import { simulated } from '../azure/support/simulated.ts';

const webhook = { secrets: ['s'.repeat(32)], token: null };
const group = `/subscriptions/${subscription}/resourceGroups/rg-kluis/providers/microsoft.insights/actionGroups/ag-kluis`;

test('the doctor says what is missing between Azure’s alerts and the webhook, and which command fixes it', async () => {
  await using sim = await simulated();
  const vaults = (await sim.azure.reads.vaults(subscription)).slice(0, 2);
  const estate = (jobFailureAlerts: string | null) => [
    { subscription, groups: [], keyVaults: [], vaults: vaults.map((vault) => ({ ...vault, jobFailureAlerts })) },
  ];
  const read = (id: string) => alertRoutes(plainLine(sim.url), id);
  const check = async (word: string | null) =>
    (await checkAlertRoute(webhook, estate(word), read)).map(
      ({ verdict, found, remedy }) => `${verdict} ${found} ${remedy}`,
    );

  expect(await checkAlertRoute(null, estate(null), read)).toMatchObject([{ verdict: 'ok' }]);
  const bare = await check(null);
  expect(bare.filter((line) => line.includes('--job-failure-alerts Enable')).length).toBe(2);
  expect(bare.at(-1)).toMatch(
    /^warning no action group calls .* az monitor action-group create .*usecommonalertschema$/,
  );

  const webhookReceivers = [{ name: 'kluis', serviceUri: 'https://kluis.example/alerts/azure-monitor?secret=x' }];
  const properties = { groupShortName: 'kluis', enabled: true, webhookReceivers };
  await sim.change({ actionGroups: [{ id: group, properties }] });
  expect(await check('Enabled')).toEqual([
    expect.stringMatching(/^warning no alert processing rule adds .*AddActionGroups/),
  ]);

  const rule = (over: object) => ({
    id: `${group.replace(/microsoft\.insights.*/, '')}Microsoft.AlertsManagement/actionRules/apr-kluis`,
    properties: {
      scopes: [`/subscriptions/${subscription.toUpperCase()}`],
      actions: [{ actionType: 'AddActionGroups', actionGroupIds: [group.toUpperCase()] }],
      enabled: true,
      ...over,
    },
  });
  await sim.change({
    alertRules: [rule({ enabled: false }), rule({ actions: [{ actionType: 'RemoveAllActionGroups' }] })],
  });
  expect((await check('Enabled')).length).toBe(1);
  await sim.change({ alertRules: [rule({})] });
  expect(await check('Enabled')).toEqual([expect.stringMatching(/^ok 2 vaults send/)]);
});
