import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bareEnv } from '../support/bare-env.ts';

const start = join(import.meta.dirname, '..', '..', 'src', 'start.js');

function startedBy(version: string) {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${version}"})`;
  return spawnSync(process.execPath, ['--import', pretend, start, 'no-such-program.ts'], { encoding: 'utf8' });
}

test.each(['18.20.0', '20.20.2', '22.17.1'])(
  'Node %s: the message says what is needed and how to get it',
  (version) => {
    const ended = startedBy(version);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toBe(
      `Kluis needs Node 22.18 or newer; this is ${version}. Run \`npm ci\`, which brings Node 24, and then \`npm start\`.\n`,
    );
  },
);

test.each(['22.18.0', '24.21.0'])('Node %s starts the program', (version) => {
  expect(startedBy(version).stderr).toContain('no-such-program.ts');
});

describe('a Node 24 before 24.14, which can’t send everything through a proxy', () => {
  const pretend = 'data:text/javascript,import http from "node:http"; delete http.setGlobalProxyFromEnv;';
  const startedWith = (env: Readonly<Record<string, string>>) =>
    spawnSync(process.execPath, ['--import', pretend, start], { env: { ...bareEnv(), ...env }, encoding: 'utf8' });

  test('starts without a proxy, up to the next missing setting', () => {
    const { status, stderr } = startedWith({ KLUIS_CONFIG: 'nowhere.yaml' });
    expect(stderr).toContain('KLUIS_CONFIG: there is no file nowhere.yaml');
    expect(status).toBe(2);
  });

  test('is refused if a proxy is set: some requests would bypass it', () => {
    const { status, stderr } = startedWith({ HTTPS_PROXY: 'http://proxy.contoso.example:3128' });
    expect(stderr).toContain(
      `HTTPS_PROXY: Node ${process.versions.node} can't send everything through a proxy. Use Node 24.14 or newer`,
    );
    expect(status).toBe(2);
  });
});
