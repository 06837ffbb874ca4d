import { expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const start = join(import.meta.dirname, '..', '..', 'src', 'start.js');

function startedBy(version: string) {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions,"node",{value:"${version}"})`;
  return spawnSync(process.execPath, ['--import', pretend, start, 'no-such-program.ts'], { encoding: 'utf8' });
}

test.each(['18.20.0', '20.20.2', '22.17.1'])('Node %s is told what is needed and how to get it', (version) => {
  const ended = startedBy(version);
  expect(ended.status).toBe(2);
  expect(ended.stderr).toBe(
    `Kluis needs Node 22.18 or newer; this is ${version}. Run \`npm ci\`, which brings Node 24, and then \`npm start\`.\n`,
  );
});

test.each(['22.18.0', '24.21.0'])('Node %s goes on to the program', (version) => {
  expect(startedBy(version).stderr).toContain('no-such-program.ts');
});
