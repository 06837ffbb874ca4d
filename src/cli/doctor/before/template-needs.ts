import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const fileOf = (name: string) => fileURLToPath(new URL(`../../../../deploy/${name}`, import.meta.url));

/**
 * A role in the template. `idAt` is the ID that it gets in a subscription, by which the template's own roles are
 * recognised.
 */
export type TemplateRole = { readonly name: string; idAt(subscription: string): string };

/** What `deploy/azuredeploy.json` requires from a subscription and from whoever deploys it. */
export type TemplateNeeds = {
  /** The permissions needed to deploy it. */
  readonly actions: readonly string[];
  /** The resource types that are created in the region of the deployment, without child resources. */
  readonly regional: readonly string[];
  /** The namespaces of every resource type, each once. */
  readonly providers: readonly string[];
  readonly roles: readonly TemplateRole[];
  readonly database: { readonly version: string; readonly sku: string };
};

type Made = {
  readonly type: string;
  readonly name: string;
  readonly location?: string | undefined;
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
};

const madeShape = z.object({
  type: z.string(),
  name: z.string(),
  location: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
});
const templateShape = z.object({ resources: z.array(madeShape) });
const parametersShape = z.object({ parameters: z.object({ databaseSku: z.object({ defaultValue: z.string() }) }) });

/** Reads it from the file; throws if that is missing, as in the image. */
export async function readTemplateNeeds(): Promise<TemplateNeeds> {
  const text = await readFile(fileOf('azuredeploy.json'), 'utf8');
  const server = madeIn(JSON.parse(text)).find(({ type }) => type === 'Microsoft.DBforPostgreSQL/flexibleServers');
  const sku = parametersShape.parse(JSON.parse(text)).parameters.databaseSku.defaultValue;
  return { ...needsOf(text), database: { version: z.string().parse(server?.properties?.['version']), sku } };
}

/** What `deploy/azuredeploy.mg.json` requires from each further subscription: its last deployment is for those. */
export async function readNeedsElsewhere(): Promise<Pick<TemplateNeeds, 'actions'>> {
  const { resources } = templateShape.parse(JSON.parse(await readFile(fileOf('azuredeploy.mg.json'), 'utf8')));
  return needsOf(JSON.stringify(resources.at(-1)?.properties?.['template']));
}

/** What a template's text requires. Pure. */
function needsOf(text: string): Omit<TemplateNeeds, 'database'> {
  const all = madeIn(JSON.parse(text));
  const types = once(all.map(({ type }) => type));
  const regional = all.filter(({ location }) => location === "[parameters('location')]").map(({ type }) => type);
  return {
    actions: once([...types.flatMap(actionsOf), ...linkedActions(text)]).sort(),
    regional: once(regional).filter((type) => type.split('/').length === 2 && !type.startsWith('Microsoft.Resources/')),
    providers: once(types.map((type) => type.split('/')[0] as string)).sort(),
    roles: all.filter(({ type }) => type === 'Microsoft.Authorization/roleDefinitions').map(roleOf),
  };
}

/** Everything that a template creates, including nested deployments and their content. */
function madeIn(template: unknown): readonly Made[] {
  return templateShape
    .parse(template)
    .resources.flatMap((one) => [
      one,
      ...(one.type === 'Microsoft.Resources/deployments' ? madeIn(one.properties?.['template']) : []),
    ]);
}

/** learn.microsoft.com, "Deploy resources with ARM templates and REST": write on each type, all of `deployments`. */
function actionsOf(type: string): readonly string[] {
  if (type !== 'Microsoft.Resources/deployments') return [`${type}/write`];
  return ['read', 'write', 'validate/action', 'whatIf/action'].map((verb) => `${type}/${verb}`);
}

/**
 * What Azure requires in addition to the writes: keys that are listed, identities that are assigned, environments
 * joined.
 */
function linkedActions(text: string): readonly string[] {
  const listed = [...text.matchAll(/\b(list\w+)\(resourceId\('([^']+)'/g)].map(([, verb, type]) => `${type}/${verb}`);
  return [
    ...listed.map((call) => `${call}/action`),
    ...(text.includes('"userAssignedIdentities":')
      ? ['Microsoft.ManagedIdentity/userAssignedIdentities/assign/action']
      : []),
    ...(text.includes('"environmentId":') ? ['Microsoft.App/managedEnvironments/join/action'] : []),
  ];
}

function roleOf({ name, properties }: Made): TemplateRole {
  const seed = /^\[guid\(subscription\(\)\.id, '([^']+)'\)\]$/.exec(name)?.[1];
  if (seed === undefined) throw new Error(`the role ${name} of the template has no id that could be told`);
  return {
    name: z.string().parse(properties?.['roleName']),
    idAt: (subscription) => templateGuid(`/subscriptions/${subscription}`, seed),
  };
}

const namespace = '11fb06fb712d4ddd98c7e71bbd588830';

/**
 * The result of the template function `guid`: an RFC 4122 version 5 UUID of its values joined by `-` (the docs of
 * Bicep).
 */
function templateGuid(...values: readonly string[]): string {
  const hash = createHash('sha1').update(Buffer.from(namespace, 'hex')).update(values.join('-')).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function once(names: readonly string[]): string[] {
  return [...new Set(names)];
}
