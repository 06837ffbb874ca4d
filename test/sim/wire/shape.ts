/**
 * Where `mine` lacks something of `real`: a missing field, or one of another JSON type. Values may differ. In a list,
 * each real element must match one of mine.
 */
export function shapeDifferences(real: unknown, mine: unknown, path = 'body'): string[] {
  if (Array.isArray(real)) return Array.isArray(mine) ? listDifferences(real, mine, path) : [`${path}: no list`];
  if (typeOf(real) !== typeOf(mine)) return [`${path}: ${typeOf(real)} in Azure, ${typeOf(mine)} here`];
  if (typeof real !== 'object' || real === null) return [];
  return Object.entries(real).flatMap(([name, value]) => {
    const own = mine as Record<string, unknown>;
    if (name in own) return shapeDifferences(value, own[name], `${path}.${name}`);
    return [`${path}.${name}: missing${value === null ? ' (null in Azure)' : ''}`];
  });
}

function listDifferences(real: unknown[], mine: unknown[], path: string): string[] {
  return real.flatMap((element, at) => {
    if (mine.length === 0) return [`${path}[${at}]: the list is empty here`];
    const tries = mine.map((own) => shapeDifferences(element, own, `${path}[${at}]`));
    return tries.reduce((best, next) => (next.length < best.length ? next : best));
  });
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

/** The type segments of a URL's path, in lower case: what stays when names are removed. */
export function skeleton(url: string): string {
  const segments = new URL(url, 'https://management.azure.com').pathname.split('/').filter(Boolean);
  return segments
    .filter((_, at) => at % 2 === 0)
    .join('/')
    .toLowerCase();
}
