import { expect, test } from '@jest/globals';
import { alertRoutes } from '../../src/cli/doctor/alert-routes.ts';
import { checkAlertRoute } from '../../src/cli/doctor/checks/check-alert-route.ts';
import { plainLine } from '../azure/support/plain-line.ts';
import { subscription } from '../azure/support/names.ts';
import { simulated } from '../azure/support/simulated.ts';

const webhook = { secrets: ['s'.repeat(32)], token: null };
const group = `/subscriptions/${subscription}/resourceGroups/rg-kluis/providers/microsoft.insights/actionGroups/ag-kluis`;

const uri = 'https://kluis.example/alerts/azure-monitor';
/** The action group with this webhook. */
const calledBy = (over: object) => ({
  actionGroups: [
    {
      id: group,
      properties: {
        groupShortName: 'kluis',
        enabled: true,
        webhookReceivers: [{ name: 'kluis', useCommonAlertSchema: true, useAadAuth: false, ...over }],
      },
    },
  ],
});

const token = { audience: 'api://kluis-alerts', tenantId: '00000000-0000-0000-0000-0000000000a1' };
const secure = { useAadAuth: true, objectId: crypto.randomUUID(), identifierUri: token.audience, serviceUri: uri };
const withSecret = (secret: string) => ({ serviceUri: `${uri}?secret=${secret}` });
const good = withSecret(webhook.secrets[0]!);
test.each([
  { what: 'its secret', is: good, wrong: null },
  { what: 'another secret', is: withSecret('t'.repeat(32)), wrong: /secret in its URI is none of KLUIS_ALERT_SECRETS/ },
  { what: 'no secret', is: { serviceUri: uri }, wrong: /its URI has no secret/ },
  { what: 'another schema', is: { ...good, useCommonAlertSchema: false }, wrong: /common alert schema/ },
  { what: 'a token nobody expects', is: secure, wrong: /KLUIS_ALERT_AUDIENCE is not set/ },
  { what: 'a token', is: secure, by: token, wrong: null },
  { what: 'no token', is: { serviceUri: uri }, by: token, wrong: /sends no token/ },
  { what: 'no object', is: { ...secure, objectId: undefined }, by: token, wrong: /no object ID/ },
  {
    what: 'another app',
    is: { ...secure, identifierUri: 'api://x' },
    by: token,
    wrong: /its identifier URI is api:\/\/x/,
  },
  { what: 'another tenant', is: { ...secure, tenantId: 'b2' }, by: token, wrong: /its tenant is b2/ },
])('an action group that calls with $what is told from one that Kluis accepts', async ({ is, by, wrong }) => {
  await using sim = await simulated();
  await sim.change(calledBy(is));
  const setting = by ? { secrets: [], token: by } : webhook;
  const found = await checkAlertRoute(setting, [{ subscription, groups: [], keyVaults: [], vaults: [] }], (id) =>
    alertRoutes(plainLine(sim.url), id),
  );
  expect(found.map((one) => one.verdict)).toEqual([wrong ? 'warning' : 'ok']);
  if (!wrong) return;
  expect(found[0]).toMatchObject({
    found: expect.stringMatching(wrong),
    remedy: expect.stringMatching(
      by
        ? /--add-action webhook kluis \S+monitor useaadauth .* api:\/\/kluis-alerts/
        : /webhook kluis '\S+\?secret=<the secret of/,
    ),
  });
  expect(JSON.stringify(found)).not.toMatch(/s{32}|t{32}/);
});

test('a name or an address that somebody else chose adds nothing to the command', async () => {
  await using sim = await simulated();
  await sim.change(calledBy({ name: "k'; id #", serviceUri: `${uri}/$(id)?secret=x` }));
  const [found] = await checkAlertRoute(webhook, [{ subscription, groups: [], keyVaults: [], vaults: [] }], (id) =>
    alertRoutes(plainLine(sim.url), id),
  );
  expect(found?.remedy).toContain(`--add-action webhook 'k'\\''; id #' '${uri}/$(id)?secret=`);
});

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

  await sim.change(calledBy({ serviceUri: `${uri}?secret=${webhook.secrets[0]}` }));
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
