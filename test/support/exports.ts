/** Which exported names other files use: by import, through a namespace, as a type, or re-exported. */
import { posix } from 'node:path';
import ts from 'typescript';

/** A file's exports, and the names that it imports from other files, as `path name`; `path *` is all of them. */
export type Names = { readonly path: string; readonly exported: readonly string[]; readonly taken: readonly string[] };

/** Reads the names of one file, given with all of its nodes. */
export function namesOf(source: ts.SourceFile, nodes: readonly ts.Node[]): Names {
  const path = source.fileName;
  return { path, exported: source.statements.flatMap(exportedBy), taken: nodes.flatMap((node) => takenBy(node, path)) };
}

/** The exports of `files` that none of `users` imports, as `path name`. */
export function untaken(files: readonly Names[], users: readonly Names[]): string[] {
  const taken = new Set(users.flatMap((file) => file.taken));
  return files.flatMap(({ path, exported }) =>
    taken.has(`${path} *`) ? [] : exported.map((name) => `${path} ${name}`).filter((each) => !taken.has(each)),
  );
}

function exportedBy(statement: ts.Statement): string[] {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    return exportClause && ts.isNamedExports(exportClause) ? exportClause.elements.map(({ name }) => name.text) : [];
  }
  const modifiers = (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => boundBy(name));
  const { name } = statement as unknown as { name?: ts.Identifier };
  return name ? [name.text] : [];
}

function boundBy(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? boundBy(each.name) : []));
}

function takenBy(node: ts.Node, path: string): string[] {
  const from = (named: ts.Node | undefined, names: readonly string[]): string[] => {
    if (!named || !ts.isStringLiteralLike(named) || !named.text.startsWith('.')) return [];
    const file = posix.normalize(posix.join(posix.dirname(path), named.text));
    return names.map((name) => `${file} ${name}`);
  };
  if (isImport(node)) return from(node.moduleSpecifier, namedBy(node));
  if (ts.isExportDeclaration(node)) {
    const clause = node.exportClause;
    return from(node.moduleSpecifier, clause && ts.isNamedExports(clause) ? clause.elements.map(originalName) : ['*']);
  }
  if (ts.isImportTypeNode(node)) {
    const argument = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
    return from(argument, [node.qualifier ? (node.qualifier.getText().split('.')[0] as string) : '*']);
  }
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return [];
  return from(node.arguments[0], readOff(awaited(node)));
}

/** An `import`, or the `@import` of types in a comment of JavaScript. */
export function isImport(node: ts.Node): node is ts.ImportDeclaration | ts.JSDocImportTag {
  return ts.isImportDeclaration(node) || ts.isJSDocImportTag(node);
}

/** What an import declaration binds; for a namespace the members used, or all if it is passed on as a whole. */
function namedBy({ importClause }: ts.ImportDeclaration | ts.JSDocImportTag): readonly string[] {
  const bindings = importClause?.namedBindings;
  if (!bindings) return [];
  if (ts.isNamedImports(bindings)) return bindings.elements.map(originalName);
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === bindings.name.text && node !== bindings.name)
      names.push(...readOff(node));
    ts.forEachChild(node, visit);
  };
  visit(bindings.getSourceFile());
  return names;
}

function originalName({ name, propertyName }: ts.ImportSpecifier | ts.ExportSpecifier): string {
  return (propertyName ?? name).text;
}

/** The members of a module used in place: `module.a`, `module.A` as a type, `const { a } = module`. */
function readOff(module: ts.Node): readonly string[] {
  const { parent } = module;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === module) return [parent.name.text];
  if (ts.isQualifiedName(parent) && parent.left === module) return [parent.right.text];
  if (ts.isPropertyAccessExpression(parent) || (ts.isPropertyAssignment(parent) && parent.name === module)) return [];
  if (!ts.isVariableDeclaration(parent) || !ts.isObjectBindingPattern(parent.name)) return ['*'];
  return parent.name.elements.map(({ name, propertyName }) => (propertyName ?? name).getText());
}

/** The node including the `await` and the parentheses around it. */
function awaited(node: ts.Node): ts.Node {
  const { parent } = node;
  return ts.isAwaitExpression(parent) || ts.isParenthesizedExpression(parent) ? awaited(parent) : node;
}
