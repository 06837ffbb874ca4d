/** The product as the TypeScript compiler sees it, for the rules of the tree that need types. */
import { join } from 'node:path';
import ts from 'typescript';
import { packageOf } from './imports.ts';

const programs = new Map<string, ts.Program>();

/**
 * The packages whose types say what words there are. To read the others takes seconds; their types are `any`, which the
 * rules take for an arbitrary text.
 */
const needed = /^(zod|kysely|yaml)$/;

/** All files below `src` and `cards` with their types; read once, since that takes seconds. */
export function productOf(root: string): ts.Program {
  const known = programs.get(root);
  if (known) return known;
  const { fileNames, options } = configOf(root);
  const host = ts.createCompilerHost(options);
  const cache = ts.createModuleResolutionCache(root, (name) => name, options);
  const isOurs = (name: string) => ['src', 'cards'].some((folder) => name.startsWith(`${join(root, folder)}/`));
  const program = ts.createProgram(fileNames.filter(isOurs), options, {
    ...host,
    resolveModuleNameLiterals: (named, from, ...[redirected, , file]) =>
      named.map((literal) => {
        if (isOurs(from) && !/^\./.test(literal.text) && !needed.test(packageOf(literal.text))) {
          return { resolvedModule: undefined };
        }
        const mode = ts.getModeForUsageLocation(file, literal, options);
        return ts.resolveModuleName(literal.text, from, options, host, cache, redirected, mode);
      }),
  });
  programs.set(root, program);
  return program;
}

/** What `tsconfig.json` says. */
export function configOf(root: string): ts.ParsedCommandLine {
  const read = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(read.config, ts.sys, root);
}
