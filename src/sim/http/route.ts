import type { Call } from './call.ts';
import type { Reply } from './reply.ts';

/**
 * One call that the simulator has. `path` is matched without regard to case; `:name` takes one segment, a leading `*`
 * takes any scope. `type` names its list of api-versions; `action` is what the caller must be allowed (null: anyone who
 * is signed in).
 */
export type Route = {
  method: string;
  path: string;
  type: string;
  action: string | null;
  handle(call: Call): Reply;
};

type Compiled = Route & { pattern: RegExp; names: string[] };

/** Finds the route of a call and its path's values. */
type Router = (method: string, path: string) => { route: Route; params: Record<string, string> } | null;

/** A router over these routes; the first that fits wins. */
export function routerOf(routes: readonly Route[]): Router {
  const byMethod = new Map<string, Compiled[]>();
  for (const route of routes) {
    const list = byMethod.get(route.method) ?? [];
    list.push(compiled(route));
    byMethod.set(route.method, list);
  }
  return (method, path) => {
    for (const route of byMethod.get(method) ?? []) {
      const found = route.pattern.exec(path);
      if (!found) continue;
      const params = Object.fromEntries(route.names.map((name, at) => [name, found[at + 1] ?? '']));
      return { route, params };
    }
    return null;
  };
}

function compiled(route: Route): Compiled {
  const names: string[] = [];
  const source = route.path
    .replace(/^\*/, () => {
      names.push('scope');
      return '(.*)';
    })
    .replace(/:([a-zA-Z]+)/g, (_, name: string) => {
      names.push(name);
      return '([^/]+)';
    });
  return { ...route, pattern: new RegExp(`^${source}$`, 'i'), names };
}

/** A call written as `GET /path`. */
export function methodAndPath(call: string): { method: string; path: string } {
  const [method = '', path = ''] = call.split(' ');
  return { method, path };
}
