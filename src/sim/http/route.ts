import type { Call } from './call.ts';
import type { Reply } from './reply.ts';

/**
 * One simulated call. `path` is matched without regard to case; `:name` matches one segment, a leading `*` any scope.
 * `type` names its list of api-versions; `action` is the permission that the caller needs (null: being signed in is
 * enough).
 */
export type Route = {
  method: string;
  path: string;
  type: string;
  action: string | null;
  handle(call: Call): Reply;
};

type Compiled = Route & { pattern: RegExp; names: string[] };

/** Finds the route of a call and the values in its path. */
type Router = (method: string, path: string) => { route: Route; params: Record<string, string> } | null;

/** A router over these routes; the first match wins. */
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

/** A call in the form `GET /path`. */
export function methodAndPath(call: string): { method: string; path: string } {
  const [method = '', path = ''] = call.split(' ');
  return { method, path };
}
