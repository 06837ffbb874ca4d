import type { Json } from '../json.ts';
import { idOf } from '../ids.ts';

/** What a template's expressions may refer to. Throws `TemplateError` for a name that isn't defined. */
export type Known = {
  subscription: string;
  resourceGroup: string;
  parameter(name: string): Json;
  variable(name: string): Json;
};

/** Why an expression is invalid, in Azure's words. */
export class TemplateError extends Error {}

type Node = { readonly value: Json } | { readonly name: string; readonly args: readonly Node[] };

/** A value of a template with every expression in it evaluated, at any depth. */
export function evaluated(value: Json, known: Known): Json {
  if (Array.isArray(value)) return value.map((one) => evaluated(one, known));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, evaluated(one, known)]));
  }
  if (typeof value !== 'string') return value;
  // A text that begins with two brackets is a literal that begins with one.
  if (value.startsWith('[[')) return value.slice(1);
  return value.startsWith('[') && value.endsWith(']') ? meaning(parsed(value.slice(1, -1)), known) : value;
}

const token = /\s*(?:([A-Za-z_]\w*)|'((?:[^']|'')*)'|(-?\d+)|([(),]))/y;

/** Calls with arguments, texts and numbers: what Azure Backup's templates consist of. */
function parsed(text: string): Node {
  const tokens = tokensOf(text);
  const next = () => tokens.shift();
  const argument = (): Node => {
    const found = next();
    if (!found) throw unexpected(text);
    if ('value' in found) return found;
    if (!('name' in found) || next() !== open) throw unexpected(text);
    const args: Node[] = [];
    if (tokens[0] === close) next();
    else
      for (let mark: Token | undefined = comma; mark === comma;) {
        args.push(argument());
        mark = next();
        if (mark !== comma && mark !== close) throw unexpected(text);
      }
    return { name: found.name, args };
  };
  const whole = argument();
  if (tokens.length > 0) throw unexpected(text);
  return whole;
}

type Token = { readonly name: string } | { readonly value: Json } | { readonly mark: string };
const open: Token = { mark: '(' };
const close: Token = { mark: ')' };
const comma: Token = { mark: ',' };

function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const match = token.exec(text);
    if (!match) throw unexpected(text);
    const [, name, quoted, number, mark] = match;
    if (name !== undefined) found.push({ name });
    else if (quoted !== undefined) found.push({ value: quoted.replaceAll("''", "'") });
    else if (number !== undefined) found.push({ value: Number(number) });
    else found.push([open, close, comma].find((one) => 'mark' in one && one.mark === mark) ?? open);
  }
  return found;
}

function unexpected(text: string): TemplateError {
  return new TemplateError(
    `The language expression '${text}' is not valid: the string '${text}' has an unexpected character or ends too early.`,
  );
}

function meaning(node: Node, known: Known): Json {
  if ('value' in node) return node.value;
  const args = node.args.map((one) => meaning(one, known));
  switch (node.name.toLowerCase()) {
    case 'parameters':
      return known.parameter(only(node.name, args));
    case 'variables':
      return known.variable(only(node.name, args));
    case 'concat':
      return args.every(Array.isArray) && args.length > 0 ? args.flat() : texts(node.name, args).join('');
    case 'resourceid':
      return resourceId(texts(node.name, args), known);
    default:
      throw new TemplateError(
        `The template function '${node.name}' is not valid. Please see https://aka.ms/arm-functions for usage details.`,
      );
  }
}

function only(name: string, args: readonly Json[]): string {
  const [first, ...rest] = args;
  if (typeof first === 'string' && rest.length === 0) return first;
  throw new TemplateError(`The template function '${name}' takes one text. Please see https://aka.ms/arm-functions.`);
}

function texts(name: string, args: readonly Json[]): string[] {
  return args.map((one) => {
    if (typeof one === 'string' || typeof one === 'number') return String(one);
    throw new TemplateError(
      `The template function '${name}' takes texts here. Please see https://aka.ms/arm-functions.`,
    );
  });
}

/** `resourceId([subscription], [resource group], type, name…)`: one name for each segment of the type. */
function resourceId(args: readonly string[], known: Known): string {
  const at = args.findIndex((one) => one.includes('/'));
  const type = args[at] ?? '';
  const names = args.slice(at + 1);
  const [namespace = '', ...kinds] = type.split('/');
  if (at < 0 || at > 2 || names.length !== kinds.length) {
    throw new TemplateError(
      `Unable to evaluate template language function 'resourceId': the type '${type}' requires '${kinds.length}' resource name argument(s). Please see https://aka.ms/arm-functions-resource#resourceid for usage details.`,
    );
  }
  const [resourceGroup = known.resourceGroup, subscription = known.subscription] = args.slice(0, at).reverse();
  const [kind = '', ...below] = kinds;
  const [name = '', ...rest] = names;
  const children = below.map((child, index) => `/${child}/${rest[index] ?? ''}`).join('');
  return idOf(`${namespace}/${kind}`, { subscription, resourceGroup, name }) + children;
}
