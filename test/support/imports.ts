import { readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import ts from 'typescript';
import { isImport, namesOf, type Names } from './exports.ts';

/** One import of a file. `from` is a path below the root, e.g. `src/core/json.ts`, or a package's name. */
export type Import = {
  readonly from: string;
  readonly local: boolean;
  /** It disappears when the types are stripped. */
  readonly typeOnly: boolean;
  /** An `import()`: it is loaded only when that code runs. */
  readonly lazy: boolean;
};

/** What a source file shows about itself, apart from its behaviour. */
export type SourceFacts = Names & {
  readonly imports: readonly Import[];
  readonly readsEnvironment: boolean;
  readonly hasDefaultExport: boolean;
  readonly onlyReExports: boolean;
  /** Exported names without a comment above them. */
  readonly undocumented: readonly string[];
};

/** Parses a file of the tree. */
export function readSource(root: string, path: string): SourceFacts {
  return factsOf(path, readFileSync(join(root, path), 'utf8'));
}

/** Parses a source text with the TypeScript compiler. */
export function factsOf(path: string, text: string): SourceFacts {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const nodes = nodesOf(source);
  return {
    ...namesOf(source, nodes),
    imports: importsOf(nodes, path),
    readsEnvironment: nodes.some(readsEnvironment),
    hasDefaultExport: source.statements.some(isDefaultExport),
    onlyReExports: source.statements.every(
      (statement) => ts.isExportDeclaration(statement) && statement.moduleSpecifier,
    ),
    undocumented: source.statements
      .filter((statement) => isOwnExport(statement) && !isDocumented(statement))
      .map(nameOf),
  };
}

function importsOf(nodes: readonly ts.Node[], path: string): Import[] {
  return nodes.flatMap((node) => {
    const named = specifierOf(node);
    if (named === null) return [];
    const local = named.startsWith('.');
    const from = local ? posix.normalize(posix.join(posix.dirname(path), named)) : named;
    return [{ from, local, typeOnly: isTypeOnly(node), lazy: ts.isCallExpression(node) }];
  });
}

/** The module that a node names: `import`, `export … from`, `import()`, and types by `import('…')` or `@import`. */
function specifierOf(node: ts.Node): string | null {
  if ((isImport(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    return (node.moduleSpecifier as ts.StringLiteral).text;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [named] = node.arguments;
    return named && ts.isStringLiteralLike(named) ? named.text : null;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return node.argument.literal.text;
  }
  return null;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node) || ts.isJSDocImportTag(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  if (!ts.isImportDeclaration(node) || !node.importClause) return false;
  const { importClause } = node;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = importClause.namedBindings;
  const everyType = bindings && ts.isNamedImports(bindings) && bindings.elements.every((element) => element.isTypeOnly);
  return !importClause.name && Boolean(everyType);
}

function readsEnvironment(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node)) {
    const { argumentExpression: key, expression } = node;
    return ts.isStringLiteralLike(key) && key.text === 'env' && isProcess(expression);
  }
  if (!ts.isImportDeclaration(node) || !/^(node:)?process$/.test((node.moduleSpecifier as ts.StringLiteral).text)) {
    return false;
  }
  return /\benv\b/.test(node.importClause?.getText() ?? '');
}

const isProcess = (node: ts.Node) => ts.isIdentifier(node) && node.text === 'process';

function isDefaultExport(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  return modifiersOf(statement).some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword);
}

function isOwnExport(statement: ts.Statement): boolean {
  return modifiersOf(statement).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);
}

function modifiersOf(statement: ts.Statement): readonly ts.ModifierLike[] {
  return (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
}

/** Exports without an empty line between them share the comment of the first. */
function isDocumented(statement: ts.Statement): boolean {
  if (ts.getJSDocCommentsAndTags(statement).length > 0) return true;
  const all = (statement.parent as ts.SourceFile).statements;
  const above = all[all.indexOf(statement) - 1];
  const apart = !above || /\n\s*\n/.test(statement.getFullText().match(/^\s*/)?.[0] ?? '');
  return !apart && isOwnExport(above) && isDocumented(above);
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText() ?? '?';
  const { name } = statement as unknown as { name?: ts.Identifier };
  return name?.text ?? 'default';
}

/** All of them: `ts.getJSDocTags` reads only the last. */
function commentsAbove(node: ts.Node): readonly ts.JSDoc[] {
  return (node as { jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? [];
}

function nodesOf(source: ts.SourceFile): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node, ...commentsAbove(node).flatMap(({ tags = [] }) => tags.filter(ts.isJSDocImportTag)));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return nodes;
}

/** The package name in a specifier: `@azure/identity`, `kysely` for `kysely/migration`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] as string);
}

/** A path below the root, with slashes on every system. */
export function belowRoot(root: string, path: string): string {
  return relative(root, path).split(/[\\/]/).join('/');
}
