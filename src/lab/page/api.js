/**
 * @import { LabReads, LabWrites } from './answers/lab-answers.ts'
 * @typedef {Record<string, string | number>} Query
 */

/**
 * A GET of the lab's API; throws with the server's own words when it is refused.
 * @template {keyof LabReads} Path
 * @param {Path} path
 * @param {Query} [query]
 * @returns {Promise<LabReads[Path]>}
 */
export function get(path, query = {}) {
  return /** @type {Promise<LabReads[Path]>} */ (getFrom('/_lab', path, query));
}

/**
 * A POST of the lab's API; throws with the server's own words when it is refused.
 * @template {keyof LabWrites} Path
 * @param {Path} path
 * @param {object} body
 * @returns {Promise<LabWrites[Path]>}
 */
export function post(path, body) {
  return /** @type {Promise<LabWrites[Path]>} */ (postTo('/_lab', path, body));
}

/**
 * A GET of the API below this path.
 * @param {string} base
 * @param {string} path
 * @param {Query} [query]
 */
export async function getFrom(base, path, query = {}) {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return answered(await fetch(`${base}/${path}?${parameters.join('&')}`));
}

/**
 * A POST of the API below this path.
 * @param {string} base
 * @param {string} path
 * @param {object} body
 */
export async function postTo(base, path, body) {
  const headers = { 'content-type': 'application/json' };
  return answered(await fetch(`${base}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
}

/**
 * @param {Response} response
 * @returns {Promise<unknown>}
 */
async function answered(response) {
  /** @type {{ error?: { message?: string } } | undefined} */
  const body = await response.json().catch(() => undefined);
  if (response.ok) return body;
  throw new Error(body?.error?.message ?? `HTTP ${response.status}`);
}
