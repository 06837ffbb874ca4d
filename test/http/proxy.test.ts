import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { jwtVerify } from 'jose';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { words } from '../../src/message/words.ts';
import { IDENTITIES } from '../../src/sim/http/call.ts';
import { startSimulator } from '../../src/sim/server.ts';
import type { Simulator } from '../sim/support/simulated-azure.ts';
import { runTool } from '../cli/run-tool.ts';
import { browser } from '../slack/support/browser.ts';
import { SlackChat } from '../slack/support/slack-client.ts';
import { SocketSlack } from '../slack/support/socket-slack.ts';
import { app, signingSecret, teams, TwoWorkspaces } from '../slack/support/two-workspaces.ts';
import { bareEnv } from '../support/bare-env.ts';
import { BotAzure } from '../support/bot-azure.ts';
import { viewOf } from '../support/card-view.ts';
import { eventually } from '../support/eventually.ts';
import { prepareDataFolder } from '../support/pglite-dump.ts';
import { forwarded, ProxiedInternet } from '../support/proxied-internet.ts';
import { restoreSubnet, restoreTarget } from '../support/restore-talk.ts';
import { fixture } from '../teams/fixture.ts';
import { openIssuer } from '../teams/issuer.ts';

const root = join(import.meta.dirname, '..', '..');
const { say } = words({ locale: 'nl', timeZone: 'UTC', simulated: false });
const protect = say('button.protect');
const tenantId = '00000000-0000-0000-0000-0000007e4a47';
const botId = '11111111-2222-4333-8444-555555555555';
const serviceUrl = `https://smba.trafficmanager.net/emea/${tenantId}/`;
/** The applications, by the names that the simulated Azure knows their tokens under. */
const applications: Readonly<Record<string, string>> = {
  '00000000-0000-4000-8000-00000000000a': 'kluis-operate',
  '00000000-0000-4000-8000-00000000000b': 'kluis-grant',
  '00000000-0000-4000-8000-00000000000c': 'kluis-restore',
  [botId]: 'bot-token',
};
const [operate, grant, restore] = Object.keys(applications) as [string, string, string];

const publicUrl = 'https://kluis.contoso.example';

/** The card's message: it is posted once, and edited from then on. */
const cardId = '1764000930001';

type Posted = { readonly type: string; readonly attachments?: readonly { readonly content: object }[] };
const posted: Posted[] = [];
let simulator: Simulator;
let slack: SocketSlack;
let issuer: Awaited<ReturnType<typeof openIssuer>>;
let internet: ProxiedInternet;
let child: ChildProcess;
/** A second process, which Slack's workspaces install by OAuth. */
let oauth: ChildProcess;
let several: TwoWorkspaces;
let url: string;
let env: Readonly<Record<string, string>>;
let said = '';

const cards = () => posted.flatMap(({ attachments = [] }) => attachments.map(({ content }) => viewOf(content)));

const json = (answer: object): RequestListener => {
  return (_, response) => void response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
};

/** What Kubernetes gives to a workload, whose issuer Entra trusts for the grant identity. */
const kubernetesToken = 'the-token-of-kubernetes';
let certificate: X509Certificate;

/** How an application authenticated; null: with nothing that Entra accepts. */
async function proofOf(asked: URLSearchParams): Promise<string | null> {
  const [id, assertion] = [asked.get('client_id'), asked.get('client_assertion')];
  if (id === grant || id === botId) return assertion === kubernetesToken ? 'federated token' : null;
  if (id !== operate) return asked.get('client_secret')?.startsWith('secret-of-') ? 'secret' : null;
  const expected = { issuer: operate, subject: operate, algorithms: ['RS256', 'PS256'], clockTolerance: 5 };
  const own = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`;
  return jwtVerify(assertion ?? '', certificate.publicKey, { ...expected, audience: own }).then(
    () => 'certificate',
    () => null,
  );
}

/** A token that says whose it is, as those for Azure do. */
function tokenOf(appid: string): string {
  const name = applications[appid] ?? '';
  const oid = Object.hasOwn(IDENTITIES, name) ? IDENTITIES[name as keyof typeof IDENTITIES] : null;
  const claims = Buffer.from(JSON.stringify({ tid: tenantId, oid, appid })).toString('base64url');
  return oid === null ? name : `${name}.${claims}.`;
}

const signedIn = new Map<string, string>();
const askedOfLogin: string[] = [];

/** Entra: tokens for a client secret, a certificate's key or a federated token; no keys of its own. */
const login: RequestListener = (request, response) => {
  askedOfLogin.push(request.url ?? '');
  void text(request).then(async (sent) => {
    const asked = new URLSearchParams(sent);
    if (request.url?.endsWith('/discovery/v2.0/keys')) return json({ keys: [] })(request, response);
    const isToken = request.url?.includes('/oauth2/');
    const proof = isToken ? await proofOf(asked) : '';
    if (proof === null) return void response.writeHead(401).end('{"error":"invalid_client"}');
    if (isToken) signedIn.set(asked.get('client_id') ?? '', proof);
    const authority = `https://login.microsoftonline.com/${tenantId}`;
    const answer = isToken
      ? {
          token_type: 'Bearer',
          expires_in: 3599,
          ext_expires_in: 3599,
          access_token: tokenOf(asked.get('client_id') ?? ''),
        }
      : {
          tenant_discovery_endpoint: `${authority}/v2.0/.well-known/openid-configuration`,
          'api-version': '1.1',
          metadata: [],
          issuer: `${authority}/v2.0`,
          authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
          token_endpoint: `${authority}/oauth2/v2.0/token`,
        };
    json(answer)(request, response);
  });
};

/** Teams' connector: keeps what is posted. */
const connector: RequestListener = (request, response) => {
  void text(request).then((sent) => {
    expect(request.headers.authorization).toBe('Bearer bot-token');
    if (sent) posted.push(JSON.parse(sent) as Posted);
    response.statusCode = 201;
    json({ id: cardId })(request, response);
  });
};

/** What the trace collector and the URLs of Slack's commands received. */
const collected: string[] = [];
const responses: string[] = [];
const keeps =
  (into: string[]): RequestListener =>
  (request, response) =>
    void text(request).then((sent) => {
      into.push(sent);
      json({})(request, response);
    });
const collector = 'collector.contoso.example';

const keysAt = 'https://login.botframework.com/keys';
const botFramework: RequestListener = (request, response) => {
  if (request.url === '/keys') forwarded(() => new URL(issuer.metadataUrl).origin)(request, response);
  else json({ issuer: 'https://api.botframework.com', jwks_uri: keysAt })(request, response);
};

/** Slack's answer where its socket is; here that is a host behind the proxy as well. */
const socketHost = 'wss-primary.slack.com';
const slackApi: RequestListener = (request, response) => {
  if (request.headers.authorization !== 'Bearer xoxb-proxied' && !request.url?.includes('apps.connections'))
    return forwarded(() => new URL(several.apiUrl).origin)(request, response);
  if (request.url !== '/api/apps.connections.open')
    return forwarded(() => new URL(slack.apiUrl).origin)(request, response);
  json({ ok: true, url: `wss://${socketHost}/link` })(request, response);
};

beforeAll(async () => {
  const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER'] as string, 'proxy-'));
  simulator = await startSimulator({ port: 0, speed: 60 });
  slack = await SocketSlack.start('xoxb-proxied');
  issuer = await openIssuer();
  several = await TwoWorkspaces.start();
  const azure = forwarded(() => simulator.url);
  const hosts = {
    'kv-hr2-weu.vault.azure.net': azure,
    'stkluisweu.blob.core.windows.net': azure,
    'management.azure.com': azure,
    'graph.microsoft.com': azure,
    'login.microsoftonline.com': login,
    'login.botframework.com': botFramework,
    'smba.trafficmanager.net': connector,
    'slack.com': slackApi,
    'hooks.slack.com': keeps(responses),
    [collector]: keeps(collected),
  };
  internet = await ProxiedInternet.start(hosts, { [socketHost]: () => slack.apiUrl });
  await writeFile(join(folder, 'ca.pem'), internet.certificate);
  const own = await generate([{ name: 'commonName', value: 'kluis-operate' }], { algorithm: 'sha256', keySize: 2048 });
  certificate = new X509Certificate(own.cert);
  await writeFile(join(folder, 'operate.pem'), `${own.private}${own.cert}`);
  await writeFile(join(folder, 'kubernetes-token'), kubernetesToken);
  await writeFile(join(folder, 'kluis.yaml'), config);
  await prepareDataFolder(join(folder, 'data'));
  env = settings(folder);
  ({ child, url } = await starts(env));
});

/** Starts the product with these settings; whatever it writes to its log is in `said`. */
async function starts(settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['src/start.js'], {
    cwd: root,
    env: settings,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr!.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout! }), 'line'),
    once(child, 'close').then(() => Promise.reject(new Error(said))),
  ])) as [string];
  return { child, url: line.split(' ').at(-1) as string };
}

afterAll(async () => {
  for (const one of [child, oauth]) one?.kill('SIGKILL');
  await several?.[Symbol.asyncDispose]();
  await internet?.[Symbol.asyncDispose]();
  await slack?.[Symbol.asyncDispose]();
  await issuer?.[Symbol.asyncDispose]();
  await simulator?.close();
});

const config = `
people: [{ entra: 00000000-0000-0000-0000-0000000000a1, slack: U0ANAVRIES, name: Ana de Vries }]
roles: { operator: [everyone] }
encryption: { requireKek: 'off' }
rules:
  - { operation: restore-disks, approval: operator }
  - { operation: restore-key-and-secret, approval: operator }
  - { operation: point-disks-to-keys, approval: operator }
  - { operation: create-vm, approval: operator }
  - { operation: push-ade-extension, approval: operator }
`;

function settings(folder: string): Readonly<Record<string, string>> {
  return {
    ...bareEnv(),
    HTTPS_PROXY: internet.proxyUrl,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import ${join(root, 'test', 'support', 'no-way-round.ts')}`,
    HOST: '127.0.0.1',
    PORT: '0',
    KLUIS_DATA_DIR: join(folder, 'data'),
    KLUIS_EMBEDDED_DATABASE: '1',
    KLUIS_CONFIG: join(folder, 'kluis.yaml'),
    MicrosoftAppId: botId,
    MicrosoftAppTenantId: tenantId,
    SLACK_BOT_TOKEN: 'xoxb-proxied',
    SLACK_APP_TOKEN: 'xapp-proxied',
    KLUIS_AZURE: 'azure',
    AZURE_SUBSCRIPTION_IDS: '00000000-0000-0000-0000-00000000c0de',
    AZURE_TENANT_ID: tenantId,
    AZURE_CLIENT_ID: operate,
    AZURE_CLIENT_CERTIFICATE_PATH: join(folder, 'operate.pem'),
    KLUIS_GRANT_CLIENT_ID: grant,
    AZURE_FEDERATED_TOKEN_FILE: join(folder, 'kubernetes-token'),
    KLUIS_RESTORE_CLIENT_ID: restore,
    KLUIS_RESTORE_CLIENT_SECRET: 'secret-of-restore',
    KLUIS_PUBLIC_URL: publicUrl,
    KLUIS_SIGN_IN_CLIENT_ID: '00000000-0000-4000-8000-00000000000d',
    KLUIS_SIGN_IN_CLIENT_SECRET: 'secret-of-sign-in',
    KLUIS_ALERT_AUDIENCE: 'api://kluis',
    OTEL_EXPORTER_OTLP_ENDPOINT: `https://${collector}`,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    LOG_LEVEL: 'warn',
  };
}

async function sends(activity: object): Promise<void> {
  const tenant = { tenant: { id: tenantId } };
  const whole = { ...activity, serviceUrl, channelData: tenant };
  const conversation = { ...(activity as ReturnType<typeof fixture>).conversation, tenantId };
  const token = issuer.mint({ claims: { aud: botId, serviceurl: serviceUrl } });
  const answer = await fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...whole, conversation }),
  });
  expect({ status: answer.status, said }).toMatchObject({ status: 200 });
}

const restored = { vm: 'vm-hr-02', made: 'vm-hr-02-back' };

/** Presses a button of the newest card of that title that was posted, with what is preset and these inputs. */
async function presses(title: string, button: string, inputs: Readonly<Record<string, string>> = {}): Promise<void> {
  const card = await eventually(`${button} on ${title}`, () =>
    cards().findLast((one) => one.title.includes(title) && one.titles.includes(button)),
  );
  const { verb, data } = card.buttons.find((one) => one.title === button)!;
  const preset = Object.fromEntries(Object.entries(card.inputs).map(([id, { value }]) => [id, value]));
  const action = { type: 'Action.Execute', title: button, verb, data: { ...data, ...preset, ...inputs } };
  const { conversation, from } = fixture('message');
  const click = fixture('execute', { id: `f:${randomUUID()}`, conversation, from, replyToId: cardId });
  await sends({ ...click, value: { action, trigger: 'manual' } });
}

test('a restore with its keys as a new VM is requested in Teams', async () => {
  const { vm, made: name } = restored;
  await sends(fixture('message', { id: 'restore', text: `backup restore ${vm}` }));
  await presses(say('restore.which', { vm }), say('button.continue'));
  const { group, account, reason } = restoreTarget;
  await presses(say('restore.where', { vm }), say('button.continue'), { group, account, reason, make: 'vm' });
  await presses(say('restore.which-vm', { vm }), say('button.continue'), { name, subnet: restoreSubnet });
  await presses(say('restore.sure-vm', { vm }), say('button.restore-vm'));
  const azure = new BotAzure(simulator);
  await eventually('the request', async () => (await azure.requests('POST', /vm-hr-02.*\/restore\?/i)).length === 1);
  await azure.control('POST', 'clock', { speed: 2000 });
});

test('a backup from Teams and a command over Slack’s socket: every connection goes through the proxy', async () => {
  const message = fixture('message', { text: 'backup vm-plain-01' });
  await sends(message);
  const card = await eventually('the card', () => cards().find(({ titles }) => titles.includes(protect)));
  const { verb, data } = card.buttons.find(({ title }) => title === protect)!;
  const chosen = Object.fromEntries(Object.entries(card.inputs).map(([id, { value }]) => [id, value]));
  const action = { type: 'Action.Execute', title: protect, verb, data: { ...(data as object), ...chosen } };
  const { conversation, from } = message;
  await sends({ ...fixture('execute'), conversation, from, replyToId: cardId, value: { action, trigger: 'manual' } });
  const azure = new BotAzure(simulator);
  await eventually('the write', async () => (await azure.writes(/vm-plain-01/)).length > 0);

  const ana = new SlackChat(() => slack.emulator.url, { person: 'ana', channel: 'general' });
  const common = { team_id: 'T0CONTOSO1', channel_id: 'C0GENERAL1', user_id: 'U0ANAVRIES', user_name: 'ana' };
  await slack.types({ ...common, command: '/backup', text: 'vm-sql-01', trigger_id: '1.1.a' });
  await ana.until('vm-sql-01');
  expectNothingRoundIt(said);
});

test('answers to a command’s URL, a sign-in, the keys of an alert’s token, and traces', async () => {
  const admin = { team_id: 'T0CONTOSO1', user_id: 'U0DIRKADMN', user_name: 'dirk', command: '/backup' };
  const response_url = 'https://hooks.slack.com/commands/T0CONTOSO1/1/a';
  const inRandom = { ...admin, channel_id: 'C0RANDOM01', response_url };
  await slack.types({ ...inRandom, text: 'help', trigger_id: '2.1.a' });
  await eventually('the answer to one alone', () => responses.find((sent) => sent.includes('"ephemeral"')));

  const dirk = new SlackChat(() => slack.emulator.url, { person: 'admin', channel: 'general' });
  const inGeneral = { ...admin, channel_id: 'C0GENERAL1' };
  await slack.types({ ...inGeneral, text: 'now vm-app-01', trigger_id: '2.2.a' });
  const told = await dirk.until('Sign in with Microsoft');
  const [, path] = new RegExp(`${publicUrl}(/slack/link/[\\w%-]+)`).exec(JSON.stringify(told.blocks)) ?? [];
  const begun = await fetch(`${url}${path}`, { method: 'POST', redirect: 'manual', headers: { origin: publicUrl } });
  expect(begun.headers.get('location')).toContain(
    `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/authorize`,
  );

  const authorization = `Bearer ${issuer.mint({ claims: { aud: 'api://kluis' } })}`;
  const alert = await fetch(`${url}/alerts/azure-monitor`, { method: 'POST', headers: { authorization }, body: '{}' });
  expect(alert.status).toBe(401);
  expect(askedOfLogin).toContain(`/${tenantId}/discovery/v2.0/keys`);

  await eventually('a trace', () => collected.find((sent) => sent.includes('"turn"')));
  expectNothingRoundIt(said);
});

test('the doctor signs in with a certificate, two Kubernetes tokens and a secret', async () => {
  const { out, err } = await runTool('doctor', [], { ...env, PORT: new URL(url).port });
  for (const who of ['operating', 'grant', 'restore']) expect(out).toContain(`the ${who} identity signs in`);
  expect(Object.fromEntries(signedIn)).toEqual({
    [operate]: 'certificate',
    [grant]: 'federated token',
    [restore]: 'secret',
    [botId]: 'federated token',
  });
  expect(out).toContain('gets its token by its federated credential');
  expect(out).toContain('is ready');
  expectNothingRoundIt(err);
});

test('the doctor: what the restore identity lacks in the access policies of a key vault, and what sets it', async () => {
  const azure = new BotAzure(simulator);
  const { keyVaults } = await azure.state('keyVaults');
  const without = keyVaults.map((one) => ({
    ...one,
    accessPolicies: one.accessPolicies.map((policy) =>
      one.name === 'kv-prod-weu' && policy.objectId === IDENTITIES['kluis-restore']
        ? { ...policy, permissions: { ...policy.permissions, secrets: ['get'] } }
        : policy,
    ),
  }));
  await azure.change({ keyVaults: without });
  const { out, code } = await runTool('doctor', [], { ...env, PORT: new URL(url).port });
  await azure.change({ keyVaults });
  expect(out).toMatch(/lacks in the access policies of kv-prod-weu: secrets\/\w+/);
  expect(out).not.toMatch(/access policies of kv-prod-weu: [^\n]*keys\//);
  expect(out).toContain(`az keyvault set-policy -n kv-prod-weu --object-id ${IDENTITIES['kluis-restore']}`);
  expect(code).not.toBe(0);
});

function expectNothingRoundIt(told: string): void {
  // The doctor calls the product itself, on this machine.
  const others = told.match(/went round the proxy: .*/g)?.filter((line) => !line.endsWith(`:${new URL(url).port}`));
  expect(others ?? []).toEqual([]);
  const listed = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8');
  const passed = [...internet.passed.keys()].filter((host) => host !== collector);
  // One of a key vault's or a storage account's own: listed as all of them.
  const inList = (host: string) => [host, host.replace(/^[\w-]+(?=\.(vault|blob)\.)/, '*')];
  expect(passed.filter((host) => !inList(host).some((name) => listed.includes(`\`${name}\``)))).toEqual([]);
}

test('a workspace of Slack is installed by OAuth', async () => {
  const folder = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER'] as string, 'proxy-oauth-'));
  await prepareDataFolder(join(folder, 'data'));
  await writeFile(join(folder, 'kluis.yaml'), 'roles: { viewer: [everyone] }\n');
  const { SLACK_BOT_TOKEN: _, SLACK_APP_TOKEN: __, ...common } = env as Record<string, string>;
  const started = await starts({
    ...common,
    KLUIS_DATA_DIR: join(folder, 'data'),
    KLUIS_CONFIG: join(folder, 'kluis.yaml'),
    SLACK_CLIENT_ID: app.clientId,
    SLACK_CLIENT_SECRET: app.clientSecret,
    SLACK_SIGNING_SECRET: signingSecret,
    KLUIS_SLACK_WORKSPACES: teams.contoso,
    KLUIS_TOKEN_KEY: randomBytes(32).toString('base64'),
  });
  oauth = started.child;
  const visit = browser();
  const here = (address: string) => address.replace(publicUrl, started.url);
  const { location } = await visit(`${started.url}/slack/install`);
  const passed = internet.passed.get('slack.com')!;
  const back = await visit(here(await several.allows('contoso', location)));
  expect(back).toMatchObject({ status: 200, page: expect.stringContaining('Kluis') });
  expect(several.asked.map(({ method }) => method)).toContain('oauth.v2.access');
  expect(internet.passed.get('slack.com')).toBeGreaterThan(passed);
  expectNothingRoundIt(said);
});

test('the restore ends: keys into the key vault, the template out of the storage account, a deployment', async () => {
  const azure = new BotAzure(simulator);
  const isThere = async () => (await azure.state('vms')).vms.some(({ name }) => name === restored.made);
  await eventually('the new VM', isThere, 480_000);
  expect((await azure.writes(/^\/(keys|secrets)\//)).map(({ status }) => status)).toContain(200);
  expectNothingRoundIt(said);
});

test('every one of these hosts was reached', () => {
  expect([...internet.passed.keys()].toSorted()).toEqual([
    collector,
    'graph.microsoft.com',
    'hooks.slack.com',
    'kv-hr2-weu.vault.azure.net',
    'login.botframework.com',
    'login.microsoftonline.com',
    'management.azure.com',
    'slack.com',
    'smba.trafficmanager.net',
    'stkluisweu.blob.core.windows.net',
    socketHost,
  ]);
});
