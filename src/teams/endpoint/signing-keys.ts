import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import { OpenIdMetadata, type IOpenIdMetadataKey } from 'botframework-connector/lib/auth/openIdMetadata.js';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { z } from 'zod';

/** Where the Bot Framework of the public cloud publishes its signing keys. */
export const publicKeys = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

/** The keys that verify callers can't be read now: nobody is let in, and it isn't the caller's fault. */
export class KeysOutOfReach extends Error {
  constructor(why: string) {
    super(`the signing keys of the Bot Framework could not be read: ${why}`);
    this.name = 'KeysOutOfReach';
  }
}

/** How long a read can take, how long a failed one counts, and how long keys are valid. */
export type KeyReads = {
  readonly timeoutMs: number;
  readonly pauseMs: number;
  readonly keptMs: number;
  /** An unknown key may be new if the keys were read this long ago. */
  readonly unknownMs: number;
};

const defaults: KeyReads = { timeoutMs: 5_000, pauseMs: 10_000, keptMs: 24 * 3_600_000, unknownMs: 3_600_000 };

const metadataSchema = z.object({ jwks_uri: z.url() });
const keySchema = z.looseObject({ kid: z.string(), endorsements: z.array(z.string()).optional() });
const keysSchema = z.object({ keys: z.array(keySchema) });
type Keys = ReadonlyMap<string, z.output<typeof keySchema>>;

/**
 * botbuilder's own reading of keys has no time-out and is repeated for each request while it fails, and anybody can
 * send one that merely claims an issuer. Here all requests share one read, which times out; after a failure there is
 * none for a while.
 */
class SharedKeys extends OpenIdMetadata {
  readonly #from: string;
  readonly #waits: KeyReads;
  #read: { readonly keys: Keys; readonly at: number } | null = null;
  #question: Promise<Keys> | null = null;
  #failed: { readonly error: KeysOutOfReach; readonly at: number } | null = null;

  constructor(url: string, waits: KeyReads) {
    super(url);
    this.#from = url;
    this.#waits = waits;
  }

  override async getKey(kid: string): Promise<IOpenIdMetadataKey> {
    const age = this.#read ? performance.now() - this.#read.at : Infinity;
    const known = age < this.#waits.keptMs ? this.#read?.keys : undefined;
    const isEnough = known && (known.has(kid) || age < this.#waits.unknownMs);
    return asKey((isEnough ? known : await this.#ask()).get(kid));
  }

  #ask(): Promise<Keys> {
    if (this.#failed && performance.now() - this.#failed.at < this.#waits.pauseMs) throw this.#failed.error;
    this.#question ??= readKeys(this.#from, this.#waits.timeoutMs)
      .then(
        (keys) => {
          this.#read = { keys, at: performance.now() };
          return keys;
        },
        (error: unknown) => {
          this.#failed = { error: new KeysOutOfReach(whyOf(error)), at: performance.now() };
          throw this.#failed.error;
        },
      )
      .finally(() => (this.#question = null));
    return this.#question;
  }
}

/** Makes botbuilder read this URL's keys that way; it keeps one reader per URL for the whole process. */
export function shareKeys(url: string, waits: Partial<KeyReads> = {}): void {
  const readers = (JwtTokenExtractor as unknown as { openIdMetadataCache: Map<string, OpenIdMetadata> })
    .openIdMetadataCache;
  readers.set(url, new SharedKeys(url, { ...defaults, ...waits }));
}

async function readKeys(url: string, timeoutMs: number): Promise<Keys> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { jwks_uri } = metadataSchema.parse(await readJson(url, signal));
  const { keys } = keysSchema.parse(await readJson(jwks_uri, signal));
  return new Map(keys.map((key) => [key.kid, key]));
}

async function readJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** What can be logged about it: no URL, and no text from outside. */
function whyOf(error: unknown): string {
  if (error instanceof z.ZodError || error instanceof SyntaxError) return 'the answer is none';
  const { name, message } = error as Error;
  return /^status \d{3}$/.test(message) ? message : name === 'TimeoutError' ? 'no answer in time' : 'no connection';
}

/** botbuilder expects null for an unknown key; its types don't. */
function asKey(key: z.output<typeof keySchema> | undefined): IOpenIdMetadataKey {
  if (key?.['kty'] !== 'RSA') return null as unknown as IOpenIdMetadataKey;
  const pem = createPublicKey({ key: key as JsonWebKey, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  return { key: pem.toString(), ...(key.endorsements && { endorsements: key.endorsements }) };
}
