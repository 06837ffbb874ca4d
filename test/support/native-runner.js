/**
 * Runs a test file as Node runs any program: its modules are those of the process, loaded once for all files of one
 * worker, with types stripped by Node. Jest's default gives each file a sandbox, in which the product and its packages
 * are loaded and compiled again, at the cost of seconds of CPU time per file. The price: files of one worker share
 * module state, so no module of the product may keep state that differs between instances (`compose.ts` constructs
 * everything).
 */
import fc from 'fast-check';
import circus from 'jest-circus/runner';
import { createRequire, flushCompileCache, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { useGlobals } from './jest-globals.js';

const require = createRequire(import.meta.url);
const globals = new URL('jest-globals.js', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context),
});

// A run of the same tree tries the same cases, so that a change is judged by what it changes. `KLUIS_SEED=fresh` tries
// others, and a failure says with which seed it comes back.
const seed = process.env.KLUIS_SEED ?? '20261201';
if (seed !== 'fresh') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

let framework;

/** What Jest's framework needs from its sandbox, without one. */
const runtime = {
  requireInternalModule: (path) => {
    framework = path;
    return require(path);
  },
  requireModule: (path) => require(path),
  unstable_shouldLoadAsEsm: () => true,
  unstable_importModule: (path) => import(pathToFileURL(path).href),
  setGlobalsForRuntime: useGlobals,
  enterTestCode: () => {},
  leaveTestCode: () => {},
};

const keptByFramework = Symbol.for('EVENT_HANDLERS');

/** The `testRunner` of jest.config.js. What a file changes in the environment doesn't reach the next one. */
export default async function runNatively(...given) {
  const [globalConfig, config, environment, , testPath, tell] = given;
  const env = { ...process.env };
  try {
    return await circus.default(globalConfig, config, environment, runtime, testPath, tell);
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, env);
    // The framework keeps a file's tests in its module: the next file gets a new one.
    Reflect.deleteProperty(require.cache, framework);
    Reflect.deleteProperty(globalThis, keptByFramework);
    // Otherwise a worker writes its compile cache when it is told to end: in a fresh clone that takes seconds, and Jest
    // kills it.
    flushCompileCache();
  }
}
