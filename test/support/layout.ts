/**
 * Which folder may import which. An entry is a folder or a file below `src`; the prefix `type:` means types only,
 * `not:` an exception from what the others allow. A folder may always import itself.
 */
import { packageOf, type Import, type SourceFacts } from './imports.ts';

const port = [
  'azure/gateway.ts',
  'azure/facts.ts',
  'azure/faults.ts',
  'azure/item-ref.ts',
  'azure/job-vm.ts',
  'azure/partial-read.ts',
];
const types = ['dialog', 'approval', 'jobs', 'audit', 'people', 'alerts'].map((folder) => `type:${folder}`);
const kernels = ['core', 'message', 'dialog', 'approval', 'jobs', 'readiness', 'knowledge', 'advice'];
const above = [...kernels, 'people', 'audit', 'config', 'operations', 'views', 'alerts', ...port];
const drivers = ['postgres', 'pglite', 'one-connection', 'folder-lock', 'migrate', 'migrations'];
const withoutDrivers = ['store', ...drivers.flatMap((name) => [`not:store/${name}.ts`, `not:store/${name}`])];

/** Each folder of `src`, and `cards`: longest first match, and what it may import. `*`: everything. */
export const layout: Readonly<Record<string, readonly string[]>> = {
  core: [],
  dialog: ['core', 'message'],
  approval: ['core'],
  message: ['core'],
  cards: ['core', 'message'],
  knowledge: ['core'],
  readiness: ['core', ...port],
  advice: ['core', 'message', 'knowledge'],
  people: ['core'],
  audit: ['core'],
  config: ['core', 'people'],
  jobs: ['core', 'message'],
  outbound: ['core'],
  'azure/arm': ['core', 'outbound', 'azure'],
  azure: ['core'],
  store: ['core', ...types],
  operations: [...kernels, 'type:people', ...port],
  views: ['core', 'message', 'readiness', 'knowledge', 'advice', 'operations', ...port],
  bot: [...above, ...withoutDrivers, 'cards'],
  teams: ['core', 'message', 'outbound', 'bot/port.ts', 'cards'],
  slack: ['core', 'message', 'outbound', 'bot/port.ts'],
  alerts: ['core', 'message', 'knowledge', 'advice', 'people', 'views', 'readiness', ...port],
  http: ['core', 'bot/port.ts'],
  lab: ['core'],
  sim: ['core/clock.ts'],
  cli: ['*'],
  'compose.ts': ['*'],
  compose: ['*'],
  'main.ts': ['*'],
  'start.js': ['main.ts', 'core'],
};

const roots = ['cli', 'compose', 'compose.ts', 'main.ts'];

/** The folders that may use a package; one that isn't listed may be used nowhere. */
const packages: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^zod$/, ['*']],
  [/^@azure\/(arm-.*|identity|keyvault-.*)$/, ['azure/arm']],
  [/^@azure\/core-(rest-pipeline|auth)$/, ['azure/arm', 'outbound', 'teams', ...roots]],
  [/^(botbuilder|botframework-connector)$/, ['teams']],
  [/^@slack\//, ['slack']],
  [/^kysely$/, ['store', 'type:bot']],
  [/^(pg|pg-connection-string|@electric-sql\/pglite)$/, ['store']],
  [/^proxy-from-env$/, ['outbound']],
  [/^@opentelemetry\//, ['compose']],
  [/^undici$/, ['slack']],
  [/^pg-boss$/, ['jobs', 'store']],
  [/^express$/, ['http', 'teams', 'slack', 'lab', 'compose', 'compose.ts']],
  [/^helmet$/, ['http', 'lab']],
  [/^yaml$/, ['config', 'cli']],
  [/^fastest-levenshtein$/, ['core']],
  [/^intl-messageformat$/, ['message']],
  [/^@microsoft\/teams\.cards$/, ['type:cards']],
  [/^(adaptivecards|markdown-it)$/, ['lab']],
  [/^canonicalize$/, ['core', 'audit']],
  [/^re2js$/, ['core']],
  [/^(pino|prom-client)$/, ['http', ...roots]],
  [/^openid-client$/, ['http', 'people']],
  [/^jose$/, ['http']],
  [/^lru-cache$/, ['core', 'people', 'readiness', 'bot', 'teams', 'slack']],
  [/^p-queue$/, ['azure']],
  [/^fflate$/, ['cli']],
];

const readsEnvironment = [/^src\/main\.ts$/, /^src\/sim\/main\.ts$/, /^(src\/cli|tools)\//];
const fileName = /^[a-z0-9]+(-[a-z0-9]+)*(\.(en|nl|test|properties\.test))?\.(ts|js|json|css|html|svg)$/;
const migrationName = /^\d{3}(-[a-z0-9]+)+\.ts$/;
const emptyNames = ['utils', 'util', 'helpers', 'helper', 'types', 'common', 'misc', 'shared'];

/** What is wrong with the imports of one file of `src` or `cards`, in words; empty if nothing is. */
export function importViolations(file: SourceFacts): string[] {
  const home = homeOf(file.path);
  if (home === null) return [`${file.path} lies in no folder of the layout`];
  return file.imports.flatMap((one) => {
    const { from, local, typeOnly } = one;
    if (from.startsWith('node:')) return [];
    const allowed = local ? mayImport(home, { path: from, typeOnly }) : mayUse(file.path, one);
    if (allowed) return [];
    const may = local ? `${home} may import ${(layout[home] ?? []).join(', ') || 'nothing'}` : whoMay(from);
    return [`${file.path} imports ${from}${typeOnly ? ' (types)' : ''}: ${may}`];
  });
}

/** What else is wrong with a file: its name, what it reads, how it exports. The linter warns of a long one. */
export function fileViolations(file: SourceFacts): string[] {
  const { path } = file;
  const name = path.split('/').pop() as string;
  const found: string[] = [];
  if (!fileName.test(name) && !migrationName.test(name)) found.push('is not named in lower case with dashes');
  if (emptyNames.includes(name.split('.')[0] as string)) found.push('has a name that says nothing');
  if (path.startsWith('test/')) return found.map((what) => `${path} ${what}`);
  if (file.hasDefaultExport) found.push('has a default export');
  if (name === 'index.ts' && !file.onlyReExports) found.push('is an index and does more than re-export');
  if (file.readsEnvironment && !readsEnvironment.some((place) => place.test(path))) found.push('reads process.env');
  for (const exported of file.undocumented) found.push(`exports ${exported} without a comment`);
  return found.map((what) => `${path} ${what}`);
}

/** The import circles among files, each once, as `a → b → a`; importing types counts too. */
export function circles(files: readonly SourceFacts[]): string[] {
  const next = new Map(
    files.map((file) => [file.path, file.imports.filter((one) => one.local).map((one) => one.from)]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const found = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      found.add([...way.slice(way.indexOf(path)), path].join(' → '));
      return;
    }
    state.set(path, 'open');
    for (const to of next.get(path) ?? []) visit(to, [...way, path]);
    state.set(path, 'done');
  };
  for (const path of next.keys()) visit(path, []);
  return [...found];
}

/** What is loaded together with a file: the file, its imports, and so on; types and `import()` load nothing. */
export function loadedWith(start: string, files: readonly SourceFacts[]): string[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const loaded = new Set([start]);
  for (const path of loaded) {
    for (const one of known.get(path)?.imports ?? []) {
      if (one.local && !one.typeOnly && !one.lazy) loaded.add(one.from);
    }
  }
  return [...loaded];
}

/** The row of the layout for a file: the longest match. */
export function homeOf(path: string): string | null {
  const rows = Object.keys(layout).sort((a, b) => b.length - a.length);
  return rows.find((row) => isIn(path, row)) ?? null;
}

function mayImport(home: string, to: { path: string; typeOnly: boolean }): boolean {
  if (!/^(src|cards)\//.test(to.path)) return false;
  if (homeOf(to.path) === home) return true;
  const allowed = layout[home] ?? [];
  if (allowed.some((entry) => entry.startsWith('not:') && isIn(to.path, entry.slice('not:'.length)))) return false;
  return allowed.some((entry) => {
    if (entry === '*') return true;
    if (entry.startsWith('type:')) return to.typeOnly && isIn(to.path, entry.slice('type:'.length));
    return isIn(to.path, entry);
  });
}

function mayUse(path: string, { from, typeOnly }: Import): boolean {
  const row = packages.find(([name]) => name.test(packageOf(from)));
  return (
    row?.[1].some((entry) => {
      if (entry.startsWith('type:')) return typeOnly && isIn(path, entry.slice('type:'.length));
      return entry === '*' || isIn(path, entry);
    }) ?? false
  );
}

function whoMay(specifier: string): string {
  const row = packages.find(([name]) => name.test(packageOf(specifier)));
  return row ? `only ${row[1].join(', ')} may know this package` : 'no folder of the layout knows this package';
}

function isIn(path: string, folder: string): boolean {
  const whole = folder === 'cards' ? folder : `src/${folder}`;
  return path === whole || path.startsWith(`${whole}/`);
}
