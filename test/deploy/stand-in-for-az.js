// A stand-in for the Azure CLI, only for deploy/down.sh: it keeps the content of a tenant in the file TENANT, answers
// what the script asks, and fails on anything else, like `az`. It doesn't read queries: what they would leave out, it
// leaves out by itself.
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

const tenant = JSON.parse(readFileSync(process.env.TENANT, 'utf8'));
const words = process.argv.slice(2);
const at = words.findIndex((word) => word.startsWith('-'));
const [command, flags] = at < 0 ? [words, []] : [words.slice(0, at), words.slice(at)];
const value = (...names) => flags[flags.findIndex((flag) => names.includes(flag)) + 1];
const subscription = value('--subscription');
const name = value('--name', '-n');
const group = () => `/subscriptions/${subscription}/resourceGroups/${value('-g')}`;
const under = (id, scope) => id === scope || id.startsWith(`${scope}/`);
const refuse = (why) => {
  process.stderr.write(`ERROR: ${why}\n`);
  process.exit(1);
};
const remove = (list, wanted) => {
  const left = tenant[list].filter((one) => !wanted(one));
  if (left.length === tenant[list].length) refuse(`${command.join(' ')}: not found`);
  tenant[list] = left;
};
const deployments = (where, prefix) =>
  tenant.deployments.filter((one) => one.at === where && one.name.startsWith(prefix)).map((one) => one.name);

const answers = {
  'identity show': () => {
    const found = tenant.identities.find((one) => one.name === name && one.id.startsWith(group()));
    return found ? [found.object] : refuse('not found');
  },
  'role definition list': () =>
    value('--query').includes('assignableScopes')
      ? tenant.roles.filter(({ roleName }) => roleName === 'kluis-reader').flatMap((one) => one.assignableScopes)
      : tenant.roles.filter(({ roleName }) => /^kluis-|^backup-key-reader$/.test(roleName)).map((one) => one.name),
  'role definition delete': () => {
    const role = tenant.roles.find((one) => one.name === name);
    if (tenant.assignments.some((one) => one.role === role?.roleName)) refuse('RoleDefinitionHasAssignments');
    remove('roles', (one) => one === role);
  },
  'role assignment list': () =>
    tenant.assignments
      .filter((one) => one.principal === value('--assignee') && under(one.scope, `/subscriptions/${subscription}`))
      .map((one) => `${one.id}\t${one.scope}`),
  'role assignment delete': () => {
    for (const id of flags.slice(flags.indexOf('--ids') + 1)) remove('assignments', (one) => one.id === id);
  },
  'keyvault delete-policy': () =>
    remove(
      'policies',
      (one) => one.subscription === subscription && one.keyVault === name && one.object === value('--object-id'),
    ),
  'ad app delete': () => remove('apps', (one) => one === value('--id')),
  'group exists': () => [String(tenant.groups.includes(`/subscriptions/${subscription}/resourceGroups/${name}`))],
  'keyvault list': () => tenant.keyVaults.filter((one) => under(one, group())).map((one) => one.split('/').at(-1)),
  'monitor log-analytics workspace delete': () => {
    const id = `${group()}/providers/Microsoft.OperationalInsights/workspaces/${name}`;
    remove('workspaces', (one) => one === id);
    if (value('--force') !== 'true') tenant.deletedWorkspaces.push(name);
  },
  'group delete': () => {
    const scope = `/subscriptions/${subscription}/resourceGroups/${name}`;
    remove('groups', (one) => one === scope);
    tenant.deletedKeyVaults = tenant.keyVaults.filter((one) => under(one, scope)).map((one) => one.split('/').at(-1));
    tenant.keyVaults = tenant.keyVaults.filter((one) => !under(one, scope));
    tenant.deletedWorkspaces.push(...tenant.workspaces.filter((one) => under(one, scope)));
    tenant.workspaces = tenant.workspaces.filter((one) => !under(one, scope));
    tenant.identities = tenant.identities.filter(({ id }) => !under(id, scope));
    tenant.deployments = tenant.deployments.filter((one) => !under(one.at, scope));
  },
  'keyvault purge': () => remove('deletedKeyVaults', (one) => one === name),
  'deployment group list': () => deployments(group(), 'kluis-'),
  'deployment group delete': () => remove('deployments', (one) => one.at === group() && one.name === name),
  'deployment sub show': () =>
    tenant.deployments.some((one) => one.at === `/subscriptions/${subscription}` && one.name === name)
      ? [tenant.registryId]
      : refuse('DeploymentNotFound'),
  'deployment sub list': () => deployments(`/subscriptions/${subscription}`, 'kluis-access-'),
  'deployment sub delete': () =>
    remove('deployments', (one) => one.at === `/subscriptions/${subscription}` && one.name === name),
  'deployment mg delete': () => remove('deployments', (one) => one.at === value('-m') && one.name === name),
};
const answer = answers[command.join(' ')];
if (!answer) refuse(`'${command.join(' ')}' is misspelled or not recognized by the system.`);
const lines = answer();
writeFileSync(process.env.TENANT, JSON.stringify(tenant));
if (lines) process.stdout.write(lines.map((line) => `${line}\n`).join(''));
