/**
 * Finds what is wrong with a rendered card: what the official parser reports, and what Teams silently drops or refuses
 * although the parser accepts it. An empty list means that the card is fine.
 */
import { createRequire } from 'node:module';
import type * as AdaptiveCardsModule from 'adaptivecards';

type Parser = Pick<typeof AdaptiveCardsModule, 'AdaptiveCard' | 'HostConfig' | 'SerializationContext' | 'Versions'>;
// The package's main doesn't load in Node; its bundle does.
const parser = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Parser;

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type Node = { readonly [key: string]: Json };

/** The number of bytes of JSON that Teams accepts on every path. */
export const cardBytes = 28 * 1024;
const shownActions = 6;

const element = ['type', 'id', '$schema', 'isVisible', 'separator', 'spacing', 'height', 'fallback', 'requires'];
const inputs = ['label', 'isRequired', 'errorMessage', 'value', 'placeholder'];
const action = ['type', 'id', 'title', 'style', 'mode', 'tooltip', 'iconUrl', 'isEnabled', 'fallback', 'requires'];

/** The elements of our cards, and the properties that each may have in schema 1.5. */
const known: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: [
    'type',
    '$schema',
    'version',
    'lang',
    'speak',
    'fallbackText',
    'msteams',
    'body',
    'actions',
    'refresh',
    'rtl',
  ],
  TextBlock: [
    ...element,
    'text',
    'size',
    'weight',
    'color',
    'isSubtle',
    'fontType',
    'wrap',
    'maxLines',
    'style',
    'horizontalAlignment',
  ],
  RichTextBlock: [...element, 'inlines', 'horizontalAlignment'],
  TextRun: ['type', 'text', 'fontType', 'size', 'weight', 'color', 'isSubtle', 'italic', 'strikethrough', 'underline'],
  FactSet: [...element, 'facts'],
  Container: [...element, 'items', 'style', 'bleed', 'verticalContentAlignment', 'minHeight', 'selectAction'],
  ColumnSet: [...element, 'columns', 'style', 'bleed', 'minHeight', 'horizontalAlignment', 'selectAction'],
  Column: [...element, 'items', 'width', 'style', 'bleed', 'verticalContentAlignment', 'minHeight', 'selectAction'],
  Table: [...element, 'columns', 'rows', 'firstRowAsHeader', 'showGridLines', 'gridStyle'],
  TableRow: ['type', 'cells', 'style'],
  TableCell: ['type', 'items', 'style', 'verticalContentAlignment'],
  ActionSet: [...element, 'actions'],
  'Input.ChoiceSet': [...element, ...inputs, 'choices', 'style', 'isMultiSelect', 'wrap', 'choices.data'],
  'Data.Query': ['type', 'dataset', 'associatedInputs', 'parameters', 'count', 'skip'],
  'Input.Date': [...element, ...inputs, 'min', 'max'],
  'Input.Text': [...element, ...inputs, 'isMultiline', 'maxLength', 'style', 'regex', 'inlineAction'],
  'Input.Toggle': [...element, 'title', 'value', 'valueOn', 'valueOff', 'wrap', 'isRequired', 'errorMessage', 'label'],
  'Action.Execute': [...action, 'verb', 'data', 'associatedInputs'],
  'Action.OpenUrl': [...action, 'url'],
  'Action.ToggleVisibility': [...action, 'targetElements'],
};
/** Parts that have no `type`. */
const parts: Readonly<Record<string, readonly string[]>> = {
  facts: ['title', 'value'],
  choices: ['title', 'value'],
  // In a table; in a ColumnSet they have a type.
  columns: ['width'],
};
/** Their content is the sender's own. */
const opaque = new Set(['data', 'msteams', 'refresh', 'targetElements']);

type Visit = (node: Node, where: { readonly path: string; readonly under: string }) => void;

function walk(value: Json, visit: Visit, where = { path: 'card', under: '' }): void {
  if (Array.isArray(value)) {
    value.forEach((each, index) => walk(each, visit, { path: `${where.path}[${index}]`, under: where.under }));
  } else if (typeof value === 'object' && value !== null) {
    visit(value, where);
    for (const [key, each] of Object.entries(value)) {
      if (!opaque.has(key)) walk(each, visit, { path: `${where.path}.${key}`, under: key });
    }
  }
}

const isText = (value: Json | undefined) => typeof value === 'string' && value.trim() !== '';

function unknownParts(node: Node, { path, under }: { path: string; under: string }): string[] {
  const type = typeof node['type'] === 'string' ? node['type'] : null;
  const allowed = type === null ? parts[under] : known[type];
  if (!allowed) return [`${path}: unknown element ${type ?? '(no type)'}`];
  return Object.keys(node)
    .filter((key) => !allowed.includes(key))
    .map((key) => `${path}: unknown property ${key} of ${type ?? under}`);
}

function missingParts(node: Node, { path }: { path: string }): string[] {
  const type = String(node['type'] ?? '');
  const found: string[] = [];
  const want = (ok: boolean, what: string) => ok || found.push(`${path}: ${what}`);
  if (type === 'TextBlock') want(isText(node['text']), 'TextBlock without text');
  if (type === 'TextRun') want(isText(node['text']), 'TextRun without text');
  if (type === 'Input.Toggle') want(isText(node['title']), 'input without title');
  else if (type.startsWith('Input.')) want(isText(node['label']), 'input without label');
  if (type.startsWith('Input.') && node['isRequired'] === true) {
    want(isText(node['errorMessage']), 'required input without errorMessage');
  }
  if (type.startsWith('Action.')) want(isText(node['title']), 'action without title');
  if (type === 'Action.Execute') want(isText(node['verb']), 'Action.Execute without verb');
  if (type === 'Action.OpenUrl') want(/^https:\/\//.test(String(node['url'])), 'link that is not https');
  if (type === 'Action.ShowCard') want(false, 'nested card: Action.ShowCard validates the inputs around it');
  if (type === 'Action.Submit') want(false, 'Action.Submit cannot answer with a card');
  return found;
}

function crowdedParts(node: Node, { path }: { path: string }): string[] {
  const found: string[] = [];
  for (const list of ['items', 'actions', 'facts', 'columns', 'rows', 'cells', 'choices', 'inlines', 'body']) {
    const value = node[list];
    if (Array.isArray(value) && value.length === 0 && list !== 'items') found.push(`${path}: empty ${list}`);
    if (list === 'items' && Array.isArray(value) && value.length === 0) found.push(`${path}: empty container`);
  }
  const actions = Array.isArray(node['actions']) ? (node['actions'] as Node[]) : [];
  const shown = actions.filter(({ mode }) => mode !== 'secondary').length;
  if (shown > shownActions) found.push(`${path}: ${shown} actions shown, Teams shows ${shownActions}`);
  return found;
}

function choiceProblems(node: Node, { path }: { path: string }): string[] {
  if (node['type'] !== 'Input.ChoiceSet' || !Array.isArray(node['choices'])) return [];
  const values = (node['choices'] as Node[]).map(({ value }) => value as string);
  const found = values.length === new Set(values).size ? [] : [`${path}: two choices with one value`];
  const preset = node['value'];
  const presets = node['isMultiSelect'] === true ? String(preset).split(',') : [preset as string];
  if (isText(preset) && !presets.every((each) => values.includes(each)))
    found.push(`${path}: preset is not among the choices`);
  return found;
}

function idProblems(card: Json): string[] {
  const ids: string[] = [];
  const targets: string[] = [];
  walk(card, (node) => {
    if (typeof node['id'] === 'string') ids.push(node['id']);
    const wanted = node['targetElements'];
    if (Array.isArray(wanted)) targets.push(...wanted.map((each) => String((each as Node)['elementId'] ?? each)));
  });
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const nowhere = targets.filter((target) => !ids.includes(target));
  return [
    ...twice.map((id) => `duplicate id ${id}`),
    ...nowhere.map((target) => `nothing with the id ${target} to show or hide`),
  ];
}

function envelopeProblems(card: Node): string[] {
  const found: string[] = [];
  if (card['type'] !== 'AdaptiveCard') found.push('card: not an AdaptiveCard');
  if (!isText(card['version'])) found.push('card: version missing');
  else if (card['version'] !== '1.5') found.push(`card: version ${String(card['version'])}, Teams' bots take 1.5`);
  if (!isText(card['fallbackText'])) found.push('card: fallbackText missing');
  if ((card['msteams'] as Node | undefined)?.['width'] !== 'Full') found.push('card: not full width');
  const bytes = Buffer.byteLength(JSON.stringify(card));
  if (bytes > cardBytes) found.push(`card: ${bytes} bytes, more than ${cardBytes}`);
  return found;
}

/**
 * What the parser reports although Teams accepts it: typeahead is documented for 1.5, the parser knows it from 1.6 on.
 * It rejects every second `lang`, since it tests it with one global regex.
 */
const tolerated = [/choices\.data/, /property "lang"/];

function parserProblems(card: Node): string[] {
  const { AdaptiveCard, HostConfig, SerializationContext, Versions } = parser;
  const context = new SerializationContext(Versions.v1_5);
  const parsed = new AdaptiveCard();
  parsed.hostConfig = new HostConfig({ actions: { maxActions: shownActions } });
  parsed.parse(structuredClone(card), context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const failures = parsed.validateProperties().validationEvents.map(({ message }) => message);
  return [...events, ...failures]
    .filter((message) => !tolerated.some((pattern) => pattern.test(message)))
    .map((message) => `parser: ${message}`);
}

/** Everything that is wrong with a card, each with its path. */
export function checkCard(card: Readonly<Record<string, unknown>>): readonly string[] {
  const json = JSON.parse(JSON.stringify(card)) as Node;
  const found: string[] = [...envelopeProblems(json), ...idProblems(json as Json)];
  const checks = [unknownParts, missingParts, crowdedParts, choiceProblems];
  walk(json as Json, (node, where) => found.push(...checks.flatMap((check) => check(node, where))));
  return [...found, ...parserProblems(json)];
}
