import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { listening } from './listening.ts';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
/** The same for every issuer of a worker: making three takes longer than most tests that need them. */
const [keys, strangers] = [{ 'key-1': pair(), 'key-web': pair() }, pair()];
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token's claims, and how it is signed if not by the issuer's own key. */
export type Minted = { claims?: Record<string, unknown>; kid?: string; alg?: string; key?: KeyObject };

/** An OpenID issuer with real keys over HTTP: `key-1` is endorsed for Teams, `key-web` for Web Chat only. */
export async function openIssuer() {
  const jwks = Object.entries(keys).map(([kid, { publicKey }]) => ({
    ...publicKey.export({ format: 'jwk' }),
    kid,
    use: 'sig',
    endorsements: kid === 'key-1' ? ['msteams'] : ['webchat'],
  }));
  const asked: string[] = [];
  let is: 'up' | 'down' | 'hanging' = 'up';
  const server = await listening((request, response) => {
    asked.push(request.url ?? '');
    if (is === 'hanging') return;
    if (is === 'down') return void response.writeHead(503).end('down for maintenance at 10.1.2.3');
    const metadata = { issuer: 'https://api.botframework.com', jwks_uri: `${server.url}/keys` };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys: jwks } : metadata));
  });
  return {
    metadataUrl: `${server.url}/openid`,
    asked,
    goDown: () => void (is = 'down'),
    comeBack: () => void (is = 'up'),
    hang: () => void (is = 'hanging'),
    mint({ claims = {}, kid = 'key-1', alg = 'RS256', key }: Minted = {}): string {
      const now = Math.floor(Date.now() / 1000);
      const standard = { iss: 'https://api.botframework.com', nbf: now - 60, exp: now + 3600 };
      const text = `${part({ typ: 'JWT', alg, kid })}.${part({ ...standard, ...claims })}`;
      const own = keys[kid as keyof typeof keys]?.privateKey ?? keys['key-1'].privateKey;
      const signature = alg === 'none' ? '' : sign('sha256', Buffer.from(text), key ?? own).toString('base64url');
      return `${text}.${signature}`;
    },
    strangersKey: strangers.privateKey,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
