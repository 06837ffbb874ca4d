/** The product as the TypeScript compiler sees it, for the rules of the tree that need types. */
import { join } from 'node:path';
import ts from 'typescript';

const programs = new Map<string, ts.Program>();

/** All files below `src` with their types; read once, since that takes seconds. */
export function productOf(root: string): ts.Program {
  const known = programs.get(root);
  if (known) return known;
  const { fileNames, options } = configOf(root);
  const program = ts.createProgram(
    fileNames.filter((name) => name.startsWith(`${join(root, 'src')}/`)),
    options,
  );
  programs.set(root, program);
  return program;
}

/** What `tsconfig.json` says. */
export function configOf(root: string): ts.ParsedCommandLine {
  const read = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(read.config, ts.sys, root);
}
