/**
 * The meaning of a template's text, as far as it is certain: parameters, variables, `concat` and `resourceId`. Any
 * other call is kept as it is: two with the same text mean the same, and neither equals any known text. Pure.
 */

/** What texts can refer to; `groupId`: the resource group that is deployed to. */
type Known = {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly groupId: string;
};

type Reading = Known & { readonly depth: number };
type Tokens = { readonly all: readonly string[]; at: number };

const maxDepth = 10;

/** The text that a template's value means; null: it means none, or it is unknown. */
export function textIn(value: unknown, known: Known): string | null {
  return meaning(value, { ...known, depth: 0 });
}

function meaning(value: unknown, reading: Reading): string | null {
  if (typeof value !== 'string' || reading.depth > maxDepth) return null;
  if (!value.startsWith('[')) return value;
  // Two brackets at the start stand for a literal one; nothing that is looked up starts with that.
  const inside = /^\[(?!\[)(.*)\]$/s.exec(value)?.[1];
  const all = inside === undefined ? null : tokensOf(inside);
  if (all === null) return null;
  const tokens: Tokens = { all, at: 0 };
  const found = argument(tokens, { ...reading, depth: reading.depth + 1 });
  return tokens.at === all.length ? found : null;
}

/** Names, texts in quotes, brackets and commas; null: it contains something else, such as a property of a result. */
function tokensOf(text: string): readonly string[] | null {
  const token = /\s*([a-z_]\w*|'(?:[^']|'')*'|[(),])\s*/iy;
  const all: string[] = [];
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.[1];
    if (found === undefined) return null;
    all.push(found);
  }
  return all;
}

function argument(tokens: Tokens, reading: Reading): string | null {
  const name = tokens.all[tokens.at++] ?? '';
  if (name.startsWith("'")) return name.slice(1, -1).replaceAll("''", "'");
  if (!/^\w/.test(name) || tokens.all[tokens.at++] !== '(') return null;
  const args: string[] = [];
  if (tokens.all[tokens.at] === ')') tokens.at++;
  else
    for (let mark: string | undefined = ','; mark === ',';) {
      const one = argument(tokens, reading);
      mark = tokens.all[tokens.at++];
      if (one === null || (mark !== ',' && mark !== ')')) return null;
      args.push(one);
    }
  return called(name.toLowerCase(), args, reading);
}

function called(name: string, args: readonly string[], reading: Reading): string | null {
  const [first = ''] = args;
  switch (name) {
    case 'parameters':
      return args.length === 1 ? meaning(named(reading.parameters, first), reading) : null;
    case 'variables':
      return args.length === 1 ? meaning(named(reading.variables, first), reading) : null;
    case 'concat':
      return args.join('');
    case 'resourceid':
      return resourceId(args, reading.groupId);
    default:
      // No ID and no name in Azure contains this character.
      return `\u0000${name}(${args.join('\u0000')})`;
  }
}

/** By its name in any case; none if two names differ only in case. */
function named(all: Readonly<Record<string, unknown>>, name: string): unknown {
  const found = Object.entries(all).filter(([own]) => own.toLowerCase() === name.toLowerCase());
  return found.length === 1 ? found[0]?.[1] : undefined;
}

/** `resourceId([subscription], [resource group], type, name…)`: a name for each part of the type. */
function resourceId(args: readonly string[], groupId: string): string | null {
  const at = args.findIndex((one) => one.includes('/'));
  const [type = '', ...names] = args.slice(at);
  const [namespace, ...kinds] = type.split('/');
  if (at < 0 || at > 2 || names.length !== kinds.length) return null;
  const [, , ownSubscription = '', , ownGroup = ''] = groupId.split('/');
  const [group = ownGroup, subscription = ownSubscription] = args.slice(0, at).toReversed();
  const below = kinds.map((kind, index) => `/${kind}/${names[index]}`).join('');
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${namespace}${below}`;
}
