/** Runs a task for a key, or joins the one that is already running for it. */
export function createGate(): (key: string, task: () => Promise<void>) => Promise<void> {
  const running = new Map<string, Promise<void>>();
  return (key, task) => {
    const present = running.get(key);
    if (present) return present;
    const started = task().finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}
