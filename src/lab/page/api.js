/** A GET of the lab's API; throws with the server's own words when it is refused. */
export function get(path, query = {}) {
  return getFrom('/_lab', path, query);
}

/** A POST of the lab's API; throws with the server's own words when it is refused. */
export function post(path, body) {
  return postTo('/_lab', path, body);
}

/** A GET of the API below this path. */
export async function getFrom(base, path, query = {}) {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return answered(await fetch(`${base}/${path}?${parameters.join('&')}`));
}

/** A POST of the API below this path. */
export async function postTo(base, path, body) {
  const headers = { 'content-type': 'application/json' };
  return answered(await fetch(`${base}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function answered(response) {
  const body = await response.json().catch(() => undefined);
  if (response.ok) return body;
  throw new Error(body?.error?.message ?? `HTTP ${response.status}`);
}
