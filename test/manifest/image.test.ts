import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { bareEnv } from '../support/bare-env.ts';
import { dockerfile, imageFiles, root } from '../support/image.ts';
import { prepareDataFolder } from '../support/pglite-dump.ts';

/** The image's files, with the packages of this tree instead of those that it installs. */
let image: string;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  image = await mkdtemp(join(process.env['KLUIS_TEST_FOLDER'] as string, 'image-'));
  for (const path of imageFiles()) {
    await mkdir(dirname(join(image, path)), { recursive: true });
    await cp(join(root, path), join(image, path));
  }
  await symlink(join(root, 'node_modules'), join(image, 'node_modules'));
  await prepareDataFolder(join(image, 'data'));
});
afterAll(() => running.forEach((child) => child.kill('SIGKILL')));

/** Runs what the image runs, with these settings. */
function run(settings: Readonly<Record<string, string>>): ChildProcess {
  const [, flag, program] = /^CMD \["node", "(--[^"]+)", "([^"]+)"\]$/m.exec(dockerfile) as RegExpExecArray;
  const env = { ...bareEnv(), HOST: '127.0.0.1', PORT: '0', KLUIS_DATA_DIR: join(image, 'data'), ...settings };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', flag as string, program as string], {
    cwd: image,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  return child;
}

async function endOf(child: ChildProcess): Promise<{ code: unknown; said: string }> {
  let said = '';
  child.stderr!.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, said };
}

const teams = {
  MicrosoftAppId: '00000000-0000-4000-8000-000000000001',
  MicrosoftAppPassword: 'x'.repeat(40),
  MicrosoftAppType: 'SingleTenant',
  MicrosoftAppTenantId: '00000000-0000-4000-8000-000000000002',
};

test('nothing that simulates Teams, Slack or Azure is in the image', () => {
  const files = imageFiles();
  expect(files).toEqual(
    expect.arrayContaining(['src/start.js', 'src/main.ts', 'src/cli/doctor.ts', 'src/cli/audit-verify.ts']),
  );
  expect(files.filter((path) => /^(src\/(lab|sim)|tools|test)\b/.test(path))).toEqual([]);
});

test('it starts for Teams, and listens', async () => {
  const child = run({
    ...teams,
    KLUIS_AZURE: 'azure',
    KLUIS_EMBEDDED_DATABASE: '1',
    AZURE_SUBSCRIPTION_IDS: '00000000-0000-4000-8000-000000000003',
    AZURE_CLIENT_ID: '00000000-0000-4000-8000-000000000004',
    AZURE_TENANT_ID: teams.MicrosoftAppTenantId,
  });
  const ended = endOf(child);
  const lines = createInterface({ input: child.stdout! });
  const line = once(lines, 'line').then(([said]) => said as string);
  const said = await Promise.race([line, ended.then((end) => JSON.stringify(end))]);
  expect(said).toMatch(/^Kluis listens on http:/);
  expect((await fetch(`${said.split(' ').at(-1)}/healthz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0 });
});

test.each([
  ['without a chat platform', {}, /^ {2}MicrosoftAppId: no chat platform is configured, .* not part of the image/m],
  ['with the simulator', { ...teams, KLUIS_AZURE: 'simulator' }, /^ {2}KLUIS_AZURE: .* not part of the image/m],
])('%s it says why it doesn’t start', async (_, settings, why) => {
  const { code, said } = await endOf(run(settings));
  expect({ code, said }).toEqual({ code: 2, said: expect.stringMatching(why) });
  expect(said.trim().split('\n')).toHaveLength(2);
});
