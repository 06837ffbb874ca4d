/** What a process uses of the machine. `cpuMs` is since its start. */
export type Usage = { readonly cpuMs: number; readonly rssMb: number; readonly heapMb: number };

const megabyte = 2 ** 20;

/** What this process uses now. */
export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpuMs: (user + system) / 1000, rssMb: rss / megabyte, heapMb: heapUsed / megabyte };
}
