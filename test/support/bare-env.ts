/**
 * The environment of a process under test: none of this machine's settings except the path to its programs and to the
 * modules that an earlier process compiled (`global-setup.ts`).
 */
export function bareEnv(): Readonly<Record<string, string>> {
  const kept = ['PATH', 'NODE_COMPILE_CACHE'];
  return Object.fromEntries(kept.map((name) => [name, process.env[name] ?? '']));
}
