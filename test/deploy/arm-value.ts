/** What Azure knows and a template asks it for: template functions by name, and its parameters. */
export type Known = {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly functions: Readonly<Record<string, (...given: never[]) => unknown>>;
};

const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null ? Object.keys(value).length === 0 : value === '';

/** The functions that depend only on their arguments (learn.microsoft.com, "ARM template functions"). */
const plain: Readonly<Record<string, (...given: never[]) => unknown>> = {
  concat: (...given: (string | unknown[])[]) => (given.some(Array.isArray) ? given.flat() : given.join('')),
  createArray: (...given: unknown[]) => given,
  createObject: (...given: unknown[]) =>
    Object.fromEntries(given.flatMap((key, at) => (at % 2 === 0 ? [[String(key), given[at + 1]]] : []))),
  empty: isEmpty,
  null: () => null,
  if: (is: boolean, then: unknown, otherwise: unknown) => (is ? then : otherwise),
  and: (...given: boolean[]) => given.every(Boolean),
  not: (given: boolean) => !given,
  join: (given: string[], between: string) => given.join(between),
  split: (given: string, between: string) => given.split(between),
  first: ([given]: unknown[]) => given,
  string: (given: unknown) => (typeof given === 'string' ? given : JSON.stringify(given)),
};

/** The value of a text in a template: its expression evaluated, or the text itself if it has none. */
export function armValue(text: string, known: Known): unknown {
  if (!/^\[.*\]$/s.test(text)) return text;
  const tokens = text.slice(1, -1).match(/'(?:[^']|'')*'|\d+|\w+|\S/g) ?? [];
  const value = valueOf(tokens, known);
  if (tokens.length > 0) throw new Error(`something is left of ${text.slice(0, 80)}: ${tokens.join(' ')}`);
  return value;
}

function valueOf(tokens: string[], known: Known): unknown {
  const token = tokens.shift() ?? '';
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (/^\d+$/.test(token)) return Number(token);
  let value = called(token, tokens, known);
  for (;;) {
    if (tokens[0] === '.') {
      tokens.shift();
      value = (value as Record<string, unknown>)[tokens.shift() ?? ''];
    } else if (tokens[0] === '[') {
      tokens.shift();
      value = (value as unknown[])[valueOf(tokens, known) as number];
      tokens.shift();
    } else return value;
  }
}

function called(name: string, tokens: string[], known: Known): unknown {
  const given: unknown[] = [];
  for (let mark = tokens.shift(); mark !== ')'; mark = tokens.shift()) {
    if (mark !== '(' && mark !== ',') throw new Error(`${name} is not closed`);
    if (tokens[0] !== ')') given.push(valueOf(tokens, known));
  }
  if (name === 'parameters') return known.parameters[String(given[0])];
  const found = known.functions[name] ?? plain[name];
  if (!found) throw new Error(`no function ${name}`);
  return Reflect.apply(found, null, given);
}
