import type { YAMLError } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../problem.ts';
import { placeAt, type Source } from './positions.ts';
import { visible } from './visible.ts';

/** A YAML file: the positions of its fields, and its content as plain values. */
type ReadSource = { readonly source: Source; readonly value: unknown };

const sizeLimit = 1_000_000;

/** Reads YAML 1.2. Never throws: what cannot be read is reported with its line and column. */
export function readSource(text: string, file: string): ReadSource | { readonly problems: readonly Problem[] } {
  const start = { file, line: 1, column: 1 };
  const whole = (wrong: string, remedy: string) => [{ subject: 'file', wrong, remedy, at: start }];
  if (text.length > sizeLimit) return { problems: whole('it is larger than 1 MB', 'Give groups instead of persons') };
  try {
    return readDocument(text, file);
  } catch {
    // The parser recurses, and expands aliases up to a limit: a file made to exhaust either ends up here.
    return { problems: whole('it is nested too deeply or repeats itself too often', 'Write it without anchors') };
  }
}

function readDocument(text: string, file: string): ReadSource | { readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  // Not `silent`: that would drop the error about a second document, and with it whatever that document denies.
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error', prettyErrors: false });
  const source = { file, document, lines };
  const found = [...document.errors, ...document.warnings];
  if (found.length > 0) return { problems: found.map((error) => yamlProblem(source, error)) };
  return { source, value: document.toJS({ maxAliasCount: 50 }) };
}

function yamlProblem(source: Source, error: YAMLError): Problem {
  const said = visible(error.message.split('\n')[0] ?? '', 200).replace(/[.:]\s*$/, '');
  const remedy =
    remediesOfYaml[error.code] ?? 'Put texts with : # * & ! { [ in them between quotes, and check the indents';
  return { subject: 'YAML', wrong: said, remedy, at: placeAt(source, error.pos[0]) };
}

const remediesOfYaml: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Keep one of the two',
  TAB_AS_INDENT: 'Indent with spaces',
  MULTIPLE_DOCS: 'Keep one document: remove the line with ---',
  TAG_RESOLVE_FAILED: 'Remove the tag (the word that begins with !)',
};
