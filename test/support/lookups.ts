/**
 * Finds lookups in plain objects by a name that isn't fixed: `table[word]`, `word in table`. They also find what every
 * object inherits, so the word `constructor` is in each table. It needs types, so it uses the TypeScript compiler.
 */
import { join, relative } from 'node:path';
import ts from 'typescript';
import { configOf, productOf } from './program.ts';

/** Folders whose objects have IDs that the product generates; there only literal tables count. */
const ownIds = /^src\/(lab|sim|cli)\//;

/** Objects with keys that the product sets itself: the states of a plan's parts, the answers of a flow's steps. */
const ownKeyed = new Set(['PartState']);

/** Every unguarded lookup below `src` and `cards` by an arbitrary text, as `path:line text`. */
export function looseLookups(root: string): string[] {
  const program = productOf(root);
  const isOurs = ({ fileName }: ts.SourceFile) => /^(src|cards)\//.test(relative(root, fileName));
  return program
    .getSourceFiles()
    .filter(isOurs)
    .flatMap((file) => lookupsIn(program, file, relative(root, file.fileName)));
}

/** The same for one file that isn't in the tree, given as text. */
export function looseLookupsIn(root: string, path: string, text: string): string[] {
  const name = join(root, path);
  const { options } = configOf(root);
  const host = ts.createCompilerHost(options);
  const made = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const product = productOf(root);
  const fileOf: typeof host.getSourceFile = (...asked) =>
    asked[0] === name ? made : (product.getSourceFile(asked[0]) ?? host.getSourceFile(...asked));
  const program = ts.createProgram([name], options, {
    ...host,
    getSourceFile: fileOf,
    fileExists: (asked) => asked === name || host.fileExists(asked),
  });
  return lookupsIn(program, made, path);
}

function lookupsIn(program: ts.Program, file: ts.SourceFile, path: string): string[] {
  const checker = program.getTypeChecker();
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const look = lookOf(node);
    if (look && isLoose(checker, look, path)) {
      const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
      found.push(`${path}:${line} ${node.getText(file)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

type Look = { readonly node: ts.Node; readonly table: ts.Expression; readonly key: ts.Expression };

/** A read by index, or `in`; a write is none. */
function lookOf(node: ts.Node): Look | null {
  if (ts.isElementAccessExpression(node) && !isWritten(node)) {
    return { node, table: node.expression, key: node.argumentExpression };
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.InKeyword) return null;
  return { node, table: node.right, key: node.left };
}

function isWritten(node: ts.ElementAccessExpression): boolean {
  const { parent } = node;
  const isLeft = ts.isBinaryExpression(parent) && parent.left === node;
  return isLeft && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function isLoose(checker: ts.TypeChecker, { node, table, key }: Look, path: string): boolean {
  if (ts.isStringLiteralLike(key) || !mayBeAnyText(checker, key)) return false;
  const held = checker.getIndexInfoOfType(checker.getTypeAtLocation(table), ts.IndexKind.String)?.type;
  if (held && ownKeyed.has(held.aliasSymbol?.name ?? '')) return false;
  if (ownIds.test(path) && !isLiteralTable(checker, table)) return false;
  return !isGuarded(node, { table, key });
}

/** By the key's type before any assertion: `word as Command` is a word. */
function mayBeAnyText(checker: ts.TypeChecker, key: ts.Expression): boolean {
  const type = checker.getTypeAtLocation(bare(key));
  const base = checker.getBaseConstraintOfType(type) ?? type;
  const any = ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.Any | ts.TypeFlags.Unknown;
  return (base.isUnion() ? base.types : [base]).some(({ flags }) => (flags & any) !== 0);
}

/** A literal, a constant that is one, or a part of either; through imports too. */
function isLiteralTable(checker: ts.TypeChecker, table: ts.Expression): boolean {
  if (ts.isObjectLiteralExpression(table)) return true;
  if (
    ts.isPropertyAccessExpression(table) ||
    ts.isElementAccessExpression(table) ||
    ts.isParenthesizedExpression(table)
  ) {
    return isLiteralTable(checker, table.expression);
  }
  const symbol = checker.getSymbolAtLocation(table);
  const named = symbol && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  const declared = named?.valueDeclaration;
  return !!declared && ts.isVariableDeclaration(declared) && !!declared.initializer && isLiteral(declared.initializer);
}

function isLiteral(value: ts.Expression): boolean {
  if (ts.isAsExpression(value) || ts.isSatisfiesExpression(value)) return isLiteral(value.expression);
  return ts.isObjectLiteralExpression(value) && value.properties.length > 0;
}

/** Whether it follows `Object.hasOwn` of the same table and key, as `own ? table[key] : …` or `own && table[key]`. */
function isGuarded(node: ts.Node, { table, key }: Omit<Look, 'node'>): boolean {
  const guard = `Object.hasOwn(${bare(table).getText()}, ${bare(key).getText()})`;
  const says = (condition: ts.Node) => condition.getText().includes(guard);
  for (let inner = node; inner.parent && !ts.isBlock(inner.parent); inner = inner.parent) {
    const outer = inner.parent;
    if (ts.isConditionalExpression(outer) && outer.whenTrue === inner && says(outer.condition)) return true;
    if (!ts.isBinaryExpression(outer) || outer.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) continue;
    if (outer.right === inner && says(outer.left)) return true;
  }
  return false;
}

/** Without type assertions. */
function bare(value: ts.Expression): ts.Expression {
  const isWrapped = ts.isParenthesizedExpression(value) || ts.isAsExpression(value);
  return isWrapped ? bare(value.expression) : value;
}
