import { join } from 'node:path';

/**
 * The environment of a process under test: none of this machine's settings except the path to its programs, and to the
 * modules that an earlier one compiled. These are other ones than the tests' own (`global-setup.ts`): `start.js` sets
 * flags of V8, and what was compiled with others is compiled again, and then stored in the place of the first.
 */
export function bareEnv(): Readonly<Record<string, string>> {
  const compiled = process.env['NODE_COMPILE_CACHE'];
  return { PATH: process.env['PATH'] ?? '', ...(compiled && { NODE_COMPILE_CACHE: join(compiled, 'by-start') }) };
}
