/** Every `az` command that the product can show a person: on cards, in the fixes of findings and errors. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import ts from 'typescript';
import { entries } from '../../../src/knowledge/entries.ts';
import { eachFix } from '../../../src/knowledge/words.ts';
import { fixSteps } from '../../../src/core/fix-steps.ts';
import { fixBlocks } from '../../../src/message/rendering/fix-blocks.ts';
import type { RenderContext } from '../../../src/message/card-data.ts';
import { findingsEn, findingsNl } from '../../../src/message/wording/finding-tables.ts';
import { mockUp, mockUpNames } from '../../message/mock-ups.ts';
import { builtCommands } from './built-commands.ts';
import { cardKinds } from '../../support/cards/kinds.ts';

export const locales: readonly RenderContext['locale'][] = ['en', 'nl'];

/** The commands by how they are typed, each with the first place that shows it. */
export type Shown = ReadonlyMap<string, string>;

/** Those of every part, card, finding and documented error, in both languages, as they are shown. */
export async function shownCommands(): Promise<Shown> {
  const shown = new Map<string, string>(builtCommands());
  const add = (lines: readonly string[], where: string) => {
    for (const line of lines) if (!shown.has(line)) shown.set(line, where);
  };
  for (const locale of locales) {
    const context = { locale, timeZone: 'UTC', simulated: false };
    for (const name of Object.keys(cardKinds)) add(commandsIn(await cardKinds[name]!(context)), `card ${name}`);
    for (const name of mockUpNames) add(commandsIn(mockUp(name, context)), `card ${name}`);
    for (const [code, { fix }] of Object.entries(locale === 'en' ? findingsEn : findingsNl))
      for (const text of variants(fix ?? '')) add(commandsIn(fixBlocks(fixSteps(text))), `finding ${code}`);
    for (const entry of entries)
      for (const fix of eachFix(entry, locale)) add(commandsIn(fix ?? ''), `error ${entry.id}`);
  }
  return shown;
}

/** A command in a sentence ends where the sentence does, or where what is around it goes on. */
const inProse = /\baz [a-z](?:<[^<>]*>|'[^']*'|[^<'])*?(?=[.,;:]?(?:\s*$|\. |\)| \(|, | (?:en|of|and|or) ))/g;

/** The commands anywhere in what is shown: lines of code as they are, and those in sentences. */
function commandsIn(shown: unknown): string[] {
  if (typeof shown === 'string') return shown.match(inProse) ?? [];
  if (Array.isArray(shown)) return shown.flatMap(commandsIn);
  if (typeof shown !== 'object' || shown === null) return [];
  const { kind, lines, ...rest } = shown as { readonly kind?: unknown; readonly lines?: unknown };
  const code = kind === 'code' ? (lines as string[]) : [];
  return [...code.filter((line) => line.startsWith('az ')), ...commandsIn(Object.values(rest))];
}

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** A message with each of its branches chosen; what is to be put in stands as `{name}`. */
function variants(message: string): string[] {
  return ofElements(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst());
}

function ofElements(elements: readonly Element[]): string[] {
  return elements.reduce<string[]>(
    (before, element) => ofElement(element).flatMap((part) => before.map((text) => text + part)),
    [''],
  );
}

function ofElement(element: Element): string[] {
  if ('options' in element) return Object.values(element.options).flatMap(({ value }) => ofElements(value));
  if ('children' in element) return ofElements(element.children);
  if (!('value' in element)) return ['#'];
  return [element.type === 0 ? element.value : `{${element.value}}`];
}

/** What a command is: the words before its options, and the options. */
export type Shape = { readonly path: string; readonly options: readonly string[] };

/** The shapes of the commands of a line; those of `$(…)` are some of them. */
export function shapesOf(line: string): Shape[] {
  return line.split(/(?=\baz [a-z])/).flatMap((part) => {
    const path = /^az(?: [a-z][a-z-]*)+(?=[ ).;,"'`]|$)/.exec(part)?.[0];
    if (path === undefined) return [];
    const options = part.match(/(?<= )--?[a-z][a-z-]*(?=[ =).,;'"]|$)/g) ?? [];
    return [{ path, options: [...new Set(options)] }];
  });
}

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * The shapes of all commands that stand in the product's source, each with its file: also those that no card of the
 * tests shows, and those of the tools. What is put together elsewhere is not in them.
 */
export function writtenShapes(): (Shape & { readonly file: string })[] {
  return globSync('src/**/*.ts', { cwd: root })
    .filter((file) => !file.startsWith('src/sim/'))
    .flatMap((file) => textsOf(file).flatMap((text) => shapesOf(text).map((shape) => ({ ...shape, file }))));
}

/** Every text in a file; `…` stands for what is put into it. */
function textsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  if (!/\baz [a-z]/.test(text)) return [];
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    else if (ts.isTemplateExpression(node))
      texts.push(node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return texts;
}
