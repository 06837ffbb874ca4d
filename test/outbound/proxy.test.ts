import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bareEnv } from '../support/bare-env.ts';

const source = join(import.meta.dirname, '..', '..', 'src', 'outbound', 'proxy.ts');
const proxy = 'http://proxy.contoso.example:3128';

/** Through which proxy each address is reached, in a process of its own: what is set there applies to all of it. */
function proxiesOf(env: Readonly<Record<string, string>>, addresses: readonly string[]): readonly string[] {
  const script = `import { goThroughProxy, proxyOf } from ${JSON.stringify(source)};
    goThroughProxy(process.env);
    console.log(JSON.stringify([${JSON.stringify([...addresses])}.map(proxyOf), process.env.NO_PROXY, process.env.no_proxy]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...bareEnv(), HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ...env },
    encoding: 'utf8',
  });
  if (!stdout) throw new Error(stderr);
  const [proxies, upper, lower] = JSON.parse(stdout) as [string[], string, string];
  // Node's own clients read one, other libraries the other.
  expect(upper).toBe(lower);
  return proxies;
}

test('everything goes through the proxy except NO_PROXY’s hosts and the token endpoints of managed identities', () => {
  const direct = [
    'http://169.254.169.254/metadata/identity/oauth2/token',
    'http://localhost:42356/msi/token',
    'http://127.0.0.1:42356/msi/token',
    'http://10.92.0.3:4141/msi',
    'https://kv.contoso.example/secrets',
  ];
  const env = { NO_PROXY: '.contoso.example', IDENTITY_ENDPOINT: 'http://10.92.0.3:4141/msi' };
  const through = ['https://management.azure.com/', 'http://10.92.0.4:4141/msi', 'https://fabrikam.example/'];
  expect(proxiesOf(env, [...direct, ...through])).toEqual([...direct.map(() => ''), ...through.map(() => proxy)]);
});

test('an older Azure environment has the address in another variable', () => {
  const address = 'http://10.92.0.3:4141/msi';
  expect(proxiesOf({}, [address])).toEqual([proxy]);
  expect(proxiesOf({ MSI_ENDPOINT: address }, [address])).toEqual(['']);
});
