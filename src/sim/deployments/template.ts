import { createHash } from 'node:crypto';
import { field, type Json, textField } from '../json.ts';
import type { TemplateResource } from '../state/state-deployments.ts';
import { ArmRefusal } from '../http/reply.ts';
import { idOf, same } from '../ids.ts';
import { evaluated, TemplateError, type Known } from './expression.ts';
import { invalidTemplate } from './invalid-template.ts';
import { inOrder } from './in-order.ts';
import { shownParameters, valuesOf, type Parameters } from './parameters.ts';

/** A parsed template: its resources, each after its dependencies. */
type ReadTemplate = { resources: TemplateResource[]; parameters: Parameters; templateHash: string };

type Group = { subscription: string; resourceGroup: string };
type Fields = Record<string, Json>;

const KNOWN = [
  'type',
  'name',
  'apiVersion',
  'location',
  'tags',
  'zones',
  'properties',
  'dependsOn',
  'comments',
  'metadata',
];

/**
 * Reads the template and the parameters of a deployment. It knows the part of the template language that Azure Backup's
 * templates use; everything else is refused as Azure refuses an invalid template.
 */
export function readTemplate(group: Group, properties: unknown): ReadTemplate {
  if (textField(properties, 'mode') !== 'Incremental') {
    throw new ArmRefusal(
      400,
      'InvalidDeploymentMode',
      'The simulator deploys in the mode Incremental only.',
    ).fromGateway();
  }
  const template = fields(field(properties, 'template'));
  for (const name of ['$schema', 'contentVersion', 'resources']) {
    if (template[name] === undefined) throw invalidTemplate(`Required property '${name}' not found in JSON. Path ''`);
  }
  const defined = fields(template.parameters);
  const variables = fields(template.variables);
  const values = valuesOf(defined, fields(field(properties, 'parameters')));
  const known = knownOf(group, values, variables);
  const sources = Array.isArray(template.resources) ? template.resources : [];
  const resources = sources.map((one) => resourceOf(fields(one), known));
  return {
    resources: inOrder(resources),
    parameters: shownParameters(defined, values),
    templateHash: BigInt(
      `0x${createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 15)}`,
    ).toString(),
  };
}

function knownOf(group: Group, values: Fields, variables: Fields): Known {
  const open: string[] = [];
  const known: Known = {
    ...group,
    parameter: (name) => named(values, name, 'parameter'),
    variable: (name) => {
      if (open.includes(name)) throw new TemplateError(`The template variable '${name}' depends on itself.`);
      open.push(name);
      const value = evaluated(named(variables, name, 'variable'), known);
      open.pop();
      return value;
    },
  };
  return known;
}

function named(all: Fields, name: string, kind: 'parameter' | 'variable'): Json {
  const found = Object.entries(all).find(([one]) => same(one, name));
  if (found) return found[1];
  throw new TemplateError(
    `The template ${kind} '${name}' is not found. Please see https://aka.ms/arm-syntax-${kind}s for usage details.`,
  );
}

function resourceOf(source: Fields, known: Known): TemplateResource {
  const asked = source.name;
  try {
    const strange = Object.keys(source).find((name) => !KNOWN.includes(name));
    if (strange) throw new TemplateError(`The simulator does not evaluate '${strange}' of a resource.`);
    return evaluatedResource(fields(evaluated(source, known)), known);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const text = `Unable to process template language expressions for resource '${String(asked)}'. '${error.message}'`;
    throw new ArmRefusal(400, 'InvalidTemplate', text).fromGateway();
  }
}

function evaluatedResource(resource: Fields, { subscription, resourceGroup }: Known): TemplateResource {
  const [type, name, apiVersion] = ['type', 'name', 'apiVersion'].map((wanted) => {
    const text = textField(resource, wanted);
    if (text !== undefined) return text;
    throw new TemplateError(`Required property '${wanted}' not found in JSON.`);
  }) as [string, string, string];
  if (name.split('/').length !== type.split('/').length - 1) {
    throw new TemplateError(
      `The template resource '${name}' for type '${type}' has incorrect segment lengths. Please see https://aka.ms/arm-syntax-resources for usage details.`,
    );
  }
  return {
    subscription,
    resourceGroup,
    name,
    id: idOf(type, { subscription, resourceGroup, name }),
    type,
    apiVersion,
    location: (textField(resource, 'location') ?? '').toLowerCase().replaceAll(' ', ''),
    tags: textsOf(resource.tags),
    zones: Object.values(textsOf(resource.zones)),
    properties: resource.properties ?? {},
    dependsOn: Object.values(textsOf(resource.dependsOn)),
  };
}

function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, text]) => [name, String(text)]));
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
