/** Which texts of the cards the product uses: by the key itself, or by a template whose type is a set of keys. */
import { join } from 'node:path';
import ts from 'typescript';
import { productOf } from './program.ts';

/** The keys that no file below `src` or `cards` names, apart from the tables of words. */
export function unusedKeys(root: string, keys: readonly string[]): string[] {
  const program = productOf(root);
  const checker = program.getTypeChecker();
  const named = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) named.add(node.text);
    if (ts.isTemplateExpression(node) && mayBeAmong(keys, node))
      for (const text of textsOf(checker.getTypeAtLocation(node))) named.add(text);
    ts.forEachChild(node, visit);
  };
  program.getSourceFiles().filter(isOutsideTables(root)).forEach(visit);
  return keys.filter((key) => !named.has(key));
}

/** The demo expects texts of cards, like a test; it says none itself. */
const isOutsideTables = (root: string) => (file: ts.SourceFile) => {
  const isBelow = (folder: string) => file.fileName.startsWith(`${join(root, folder)}/`);
  return (isBelow('src') && !isBelow('src/message/wording')) || isBelow('cards');
};

/** Whether a key has its fixed parts: the compiler takes long to say what the others may be. */
function mayBeAmong(keys: readonly string[], { head, templateSpans }: ts.TemplateExpression): boolean {
  const fixed = templateSpans.map(({ literal }) => literal.text);
  return keys.some((key) => key.startsWith(head.text) && fixed.every((part) => key.includes(part)));
}

/** `jobs.${'all' | 'failed'}` is two texts; a template with an arbitrary text in it is none. */
function textsOf(type: ts.Type): string[] {
  return (type.isUnion() ? type.types : [type]).flatMap((each) => (each.isStringLiteral() ? [each.value] : []));
}
