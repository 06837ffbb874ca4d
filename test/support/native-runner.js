/**
 * Runs a test file as Node runs any program: its modules are those of the process, loaded once by the files of one
 * worker, with types stripped by Node. Jest's own way gives each file a sandbox, in which the product and its packages
 * are loaded and compiled anew: seconds of processor for each file. The price: files of one worker share what modules
 * keep, so no module of the product may keep more than what is the same for all (`compose.ts` constructs everything).
 */
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

let framework;

/** What Jest's framework asks of its sandbox, without one. */
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

/** The `testRunner` of jest.config.js. What a file changed in the environment does not reach the next one. */
export default async function runNatively(...given) {
  const [globalConfig, config, environment, , testPath, tell] = given;
  const env = { ...process.env };
  try {
    return await circus.default(globalConfig, config, environment, runtime, testPath, tell);
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, env);
    // The framework keeps the tests of a file in its module: the next file gets a new one.
    Reflect.deleteProperty(require.cache, framework);
    Reflect.deleteProperty(globalThis, keptByFramework);
    // Else a worker writes what it compiled when it is to end: in a fresh clone for seconds, and Jest cuts that off.
    flushCompileCache();
  }
}
