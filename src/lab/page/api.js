/** A GET of the lab's API; throws with the server's own words when it is refused. */
export async function get(path, query = {}) {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return answered(await fetch(`/_lab/${path}?${parameters.join('&')}`));
}

/** A POST of the lab's API; throws with the server's own words when it is refused. */
export async function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  return answered(await fetch(`/_lab/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function answered(response) {
  const body = await response.json().catch(() => undefined);
  if (response.ok) return body;
  throw new Error(body?.error?.message ?? `HTTP ${response.status}`);
}
