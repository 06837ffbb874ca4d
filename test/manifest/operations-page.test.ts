import { expect, test } from '@jest/globals';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { parse } from 'yaml';
import { readIdentityRoles } from '../../src/cli/doctor/role-files.ts';
import { parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { settingNames } from '../../src/config/settings.ts';
import { addLevels, createMetrics } from '../../src/http/metrics.ts';
import { imageFiles } from '../support/image.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const [identities, deploy, run] = ['identities-and-roles', 'deploy', 'run'].map((name) => read(`docs/${name}.md`)) as [
  string,
  string,
  string,
];
/** What was tested and what wasn't, and the four pages that it is about. */
const operations = [read('docs/operations.md'), read('docs/set-up-chat.md'), identities, deploy, run].join('\n');
const security = read('docs/security.md');

test('every metric in the code is in the table, with its labels, and no other', async () => {
  const registry = new Registry();
  createMetrics(registry, { version: '1.2.3', commit: null });
  addLevels(registry, {
    queueDepth: async () => ({}),
    lastPolls: async () => [],
    ready: () => ({}),
    breakGlass: async () => ({ used: 0, toReview: 0 }),
  });
  const own = (await registry.getMetricsAsJSON()).filter(({ name }) => name.startsWith('kluis_'));
  const rows = [...run.matchAll(/^\| `(kluis_\w+)` +\| ([^|]+)\|/gm)].map(([, name, labels = '']) => ({
    name,
    labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label).sort(),
  }));
  expect(rows.map(({ name }) => name).sort()).toEqual(own.map(({ name }) => name).sort());
  for (const { name, labels } of rows) {
    const metric = registry.getSingleMetric(name as string) as unknown as { labelNames: string[] };
    expect({ name, labels }).toEqual({ name, labels: [...metric.labelNames].sort() });
  }
});

const monitoring = (name: string) => read(`deploy/monitoring/${name}`);
type Rules = { groups: { rules: { alert: string; expr: string }[] }[] };
type Dashboard = { panels: { title: string; targets: { expr: string }[] }[] };

test('every rule is in the table of what to page on, and each metric and label in rules, dashboard and pages exists', async () => {
  const registry = new Registry();
  createMetrics(registry, { version: '1.2.3', commit: null });
  addLevels(registry, {
    queueDepth: async () => ({}),
    lastPolls: async () => [],
    ready: () => ({}),
    breakGlass: async () => ({ used: 0, toReview: 0 }),
  });
  const rules = (parse(monitoring('kluis.rules.yaml')) as Rules).groups.flatMap((group) => group.rules);
  const rows = [...run.matchAll(/^\| `(Kluis\w+)`/gm)].map(([, name]) => name);
  expect(rows).toEqual(rules.map(({ alert }) => alert));

  const { panels } = JSON.parse(monitoring('dashboard.json')) as Dashboard;
  const shown = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const asked = [...rules.map(({ expr }) => expr), ...shown, operations].join('\n');
  const named = [...asked.matchAll(/\b(?:kluis|process|nodejs)_[a-z0-9_]*[a-z0-9]\b/g)].map(([name]) =>
    name.replace(/_(bucket|count|sum)$/, ''),
  );
  const known = new Set(registry.getMetricsAsArray().map(({ name }) => name));
  expect(new Set(named).size).toBeGreaterThan(12);
  expect(named.filter((name) => !known.has(name) && name !== 'kluis_queue')).toEqual([]);
  for (const [, name, label] of asked.matchAll(/\b(kluis_\w+)\{(\w+)=/g)) {
    const metric = registry.getSingleMetric(name!.replace(/_(bucket|count|sum)$/, '')) as unknown as {
      labelNames: string[];
    };
    expect({ name, labels: metric.labelNames }).toEqual({ name, labels: expect.arrayContaining([label]) });
  }
});

test('every role of an identity is in the table and created by the commands; every named file exists', async () => {
  const { operate, grant, restore, drills } = await readIdentityRoles();
  for (const { name, file } of [...operate, ...grant, ...restore, ...drills]) {
    expect(identities).toContain(`\`${name}\``);
    expect(identities).toMatch(new RegExp(`[ \\n]${file.replace('-role.json', '')}[ ;\\n\\\\]`));
  }
  const files = readdirSync(join(root, 'manifest', 'azure'));
  for (const [, list = ''] of identities.matchAll(/for role in ([^;]+); do\n {2}sed/g))
    for (const role of list.split(/[\s\\]+/).filter(Boolean)) expect(files).toContain(`${role}-role.json`);
});

test('every script, setting and page that the pages name exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const page of [operations, security]) {
    for (const [, script] of page.matchAll(/npm run (?:--silent )?([\w:]+)/g))
      expect(Object.keys(scripts)).toContain(script);
    for (const [, link] of page.matchAll(/\]\(([^)#]+)\)/g))
      expect({ link, isThere: existsSync(join(root, 'docs', link as string)) }).toEqual({ link, isThere: true });
    for (const [setting] of page.matchAll(/\b(?:KLUIS|AZURE)_[A-Z_]+[A-Z]\b/g)) expect(settingNames).toContain(setting);
  }
});

test('the kluis.yaml for a first start is valid', () => {
  const [, yaml = ''] = /```yaml\n(roles:[\s\S]*?)```/.exec(identities) ?? [];
  const parsed = parseKluisYaml(yaml, 'kluis.yaml');
  expect(parsed).toMatchObject({ config: { vaults: { default: 'rsv-prod-weu' } } });
});

test('every log message that the page tells people to look for is one that the code writes', () => {
  const named = [...operations.matchAll(/log has `([^`]+)`/g)].map(([, message]) => message as string);
  expect(named.length).toBeGreaterThan(1);
  const code = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, 'src', name), 'utf8'));
  expect(named.filter((message) => !code.some((text) => text.includes(`'${message}'`)))).toEqual([]);
});

/** Hosts that the code names but never connects to: audiences and issuers of tokens, and where people go. */
const neverConnectedTo = [
  ...['api.botframework.com', 'botframework.com', 'sts.windows.net'],
  ...['ossrdbms-aad.database.windows.net', 'storage.azure.com', 'developer.microsoft.com'],
  ...[
    'portal.azure.com',
    'admin.teams.microsoft.com',
    'api.slack.com',
    'azure.status.microsoft',
    'entra.microsoft.com',
  ],
];

test('every host in the code is in the list of those that Kluis connects to, or is never connected to', () => {
  const [, table = ''] = /## What it connects to\n([\s\S]*?)\n## /.exec(deploy) ?? [];
  const rows = [...table.matchAll(/`([\w*-]+(?:\.[\w-]+)+)`/g)].map(([, host]) => host as string);
  const isListed = (host: string) =>
    rows.some((row) => row === host || (row.startsWith('*.') && `.${host}`.endsWith(row.slice(1))));
  const named = imageFiles()
    .filter((path) => path.startsWith('src/') && path.endsWith('.ts'))
    .flatMap((path) => hostsIn(read(path)).map((host) => ({ path, host })));
  const looked = ['management.azure.com', 'hooks.slack.com', 'blob.core.windows.net', 'vault.azure.net'];
  expect(named.map(({ host }) => host)).toEqual(expect.arrayContaining([...looked, ...neverConnectedTo]));
  expect(named.filter(({ host }) => !isListed(host) && !neverConnectedTo.includes(host))).toEqual([]);
});

/** The hosts in a file's code, also those that a pattern or the end of a name makes. */
function hostsIn(text: string): readonly string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '').replaceAll('\\.', '.');
  const found = code.matchAll(/(?<![\w@.-])\.?((?:[a-z0-9-]+\.)+(?:com|net|us|cn|io|microsoft))(?![\w.(-])/g);
  return [...found].map(([, host]) => host as string).filter((host) => !/contoso|fabrikam/.test(host));
}

test('every command on the page was run, or is listed as not run', () => {
  const [whole = '', section = ''] = /## What was tested and what wasn't\n([\s\S]*?)\n# /.exec(operations) ?? [];
  const told = [...section.matchAll(/`((?:az|docker|gh) [a-z -]+)`/g)].map(([, command]) => command as string);
  const page = operations.replace(whole, '') + read('SECURITY.md');
  const used = [...page.matchAll(/\b(?:az|docker|gh) [a-z]+(?:-[a-z]+)*(?: [a-z]+(?:-[a-z]+)*)*/g)].map(([one]) => one);
  expect(used.length).toBeGreaterThan(30);
  const isTold = (command: string) => told.some((one) => `${command} `.startsWith(`${one} `));
  expect([...new Set(used)].filter((command) => !isTold(command))).toEqual([]);
});
