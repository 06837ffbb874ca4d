/**
 * One JSON call, to a chat platform on this machine or to the simulator's control API; anything but a success is a
 * fault.
 */
export async function call(url: string, body?: object): Promise<unknown> {
  const sent =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, sent);
  const text = await response.text();
  if (!response.ok) throw new CallRefused(`calling ${url}: HTTP ${response.status}, ${text.slice(0, 300)}`, text);
  return JSON.parse(text) as unknown;
}

/** What a call was refused with. */
export class CallRefused extends Error {
  readonly #answer: string;

  constructor(message: string, answer: string) {
    super(message);
    this.#answer = answer;
  }

  /** Whether the answer has this error code. */
  is(code: string): boolean {
    return this.#answer.includes(`"${code}"`);
  }
}
