import { setFlagsFromString } from 'node:v8';

/** By how much the heap may grow beyond what is in use before it is collected. */
const growsByPercent = 40;

/**
 * Loads the program with a heap that stays small. Left to itself V8 lets the heap grow to four times what is in use on
 * a large machine, and loading thousands of modules makes its youngest part grow to its limit. That memory stays with
 * the process. Once the program is loaded the youngest part may grow again, which saves CPU under load. Only the
 * command line can set its limit: `npm start` and the image halve V8's own (`--max-semi-space-size`), which costs no
 * CPU; a quarter of V8's would cost half as much again where much is parsed.
 */
export async function loadInSmallHeap(load: () => Promise<unknown>): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${growsByPercent}`);
  setFlagsFromString('--semi-space-growth-factor=1');
  await load();
  setFlagsFromString('--semi-space-growth-factor=2');
}

/**
 * Keeps V8 from optimizing WebAssembly, for this process. It would do so with one large function of the embedded
 * PostgreSQL during the first queries, which takes several seconds of CPU and 600 MB, most of which stay with the
 * process.
 */
export function compileWasmOnce(): void {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
