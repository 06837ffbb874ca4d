/**
 * Resources of the template, as Microsoft's own clients write them: each is created with the SDK's types against a
 * client that sends nothing, and what would have been sent (type, version, body) is the resource.
 */
import type { TokenCredential } from '@azure/core-auth';
import { createHttpHeaders, type HttpClient, type PipelineRequest } from '@azure/core-rest-pipeline';

/** A resource of a template. */
export type Resource = {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly [property: string]: unknown;
};

/** With what an SDK client is made: no identity, and nothing that is sent. */
export type Recording = { readonly credential: TokenCredential; readonly options: { readonly httpClient: HttpClient } };

/** The subscription, resource group and name that a resource is written with; none of them comes into the template. */
export const any = {
  subscription: '00000000-0000-0000-0000-000000000000',
  group: 'anywhere',
  name: 'anything',
} as const;

/** What stands where an expression of Azure Resource Manager gives the value. */
export function expression<Value = string>(text: string): Value {
  return `[${text}]` as Value;
}

/** The value of one of the template's parameters. */
export function parameter<Value = string>(name: string): Value {
  return expression(`parameters('${name}')`);
}

/** A value as the text of an expression: what is one already, a text, a number, a list or an object. */
export function asExpression(value: unknown): string {
  if (Array.isArray(value)) return `createArray(${value.map(asExpression).join(', ')})`;
  if (typeof value === 'object' && value !== null)
    return `createObject(${Object.entries(value)
      .flatMap(([key, each]) => [asExpression(key), asExpression(each)])
      .join(', ')})`;
  if (typeof value !== 'string') return String(value);
  return /^\[.*\]$/s.test(value) ? value.slice(1, -1) : `'${value.replaceAll("'", "''")}'`;
}

/**
 * A resource with expressions where the SDK's types want a list or a number. Each is given by its path; what was
 * there, and was checked by the types, is what the expression is made from.
 */
export function replaced(whole: Resource, at: Readonly<Record<string, (was: never) => string>>): Resource {
  const copy = structuredClone(whole) as Record<string, unknown>;
  for (const [path, write] of Object.entries(at)) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    const holder = keys.reduce((part, key) => part[key] as Record<string, unknown>, copy);
    if (holder[last] === undefined) throw new Error(`${whole.name} has no ${path}`);
    holder[last] = expression(write(holder[last] as never));
  }
  return copy as Resource;
}

/**
 * The resource that a call would create. `name` is its name in the template, and `more` what a template says of it
 * beside that (`dependsOn`, `condition`, `scope`).
 */
export async function resource(
  name: string,
  create: (recording: Recording) => Promise<unknown>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Resource> {
  let put: PipelineRequest | undefined;
  const httpClient: HttpClient = {
    sendRequest: (request) => {
      put ??= request;
      // Nothing is made, and whoever asked need not be told how it went.
      return Promise.resolve({ request, status: 204, headers: createHttpHeaders() });
    },
  };
  const credential = { getToken: () => Promise.resolve({ token: 'none', expiresOnTimestamp: 8.64e15 }) };
  const failed: unknown = await create({ credential, options: { httpClient } }).catch((error: unknown) => error);
  if (put?.method !== 'PUT') throw new Error(`${name} is not created by a PUT`, { cause: failed });
  const url = new URL(put.url);
  const body = JSON.parse(String(put.body)) as Record<string, unknown>;
  return {
    type: typeIn(url.pathname),
    apiVersion: url.searchParams.get('api-version') as string,
    name,
    ...more,
    ...body,
  };
}

/** `…/providers/A.B/types/name/children/name` → `A.B/types/children`; only a resource group is of no provider. */
function typeIn(path: string): string {
  if (!path.includes('/providers/')) return 'Microsoft.Resources/resourceGroups';
  const [provider, ...parts] = (path.split('/providers/').at(-1) ?? '').split('/');
  return [provider, ...parts.filter((_, at) => at % 2 === 0)].join('/');
}

/** A deployment within the deployment, at a scope of its own or with a value that only a parameter can carry. */
type Deployed = {
  /** The values of its parameters, as expressions of what is around it. */
  readonly given: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
  /** What else is said of the deployment: its scope, how often it is made. */
  readonly more?: Readonly<Record<string, unknown>>;
};

/** Makes one of a whole template. */
export function deployment(
  name: string,
  { given, template, dependsOn, more }: Deployed & { readonly template: object },
): Resource {
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2024-03-01',
    name,
    ...more,
    dependsOn: dependsOn.map((id) => expression(id)),
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: Object.fromEntries(Object.entries(given).map(([key, value]) => [key, { value: expression(value) }])),
      template,
    },
  };
}

type Nested = Deployed & {
  readonly resources: readonly Resource[];
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, unknown>>;
};

/** Makes one in a resource group, with parameters that are texts unless they are declared. */
export function nested(name: string, { resources, outputs, parameters, ...deployed }: Nested): Resource {
  const declared = Object.fromEntries(Object.keys(deployed.given).map((key) => [key, { type: 'string' }]));
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { ...declared, ...parameters },
    resources,
    ...(outputs && { outputs }),
  };
  return deployment(name, { ...deployed, template });
}
