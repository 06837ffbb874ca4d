import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { checkSlack } from '../../src/cli/doctor/checks/check-slack.ts';
import { startSlackEmulator } from '../../src/lab/slack/slack-emulator.ts';

const all = readScopes();
const nobody = () => 'http://127.0.0.1:9';

async function examined(token: string, scopes: readonly string[] = all) {
  const emulator = await startSlackEmulator({
    port: 0,
    botUrl: nobody,
    signingSecret: 'secret',
    token: 'xoxb-right',
    scopes,
  });
  try {
    return await checkSlack({
      mode: 'http',
      botToken: token,
      install: null,
      appToken: null,
      signingSecret: 'secret',
      apiUrl: emulator.apiUrl,
    });
  } finally {
    await emulator.close();
  }
}

test('a token that Slack knows', async () => {
  expect(await examined('xoxb-right')).toEqual([
    expect.objectContaining({ verdict: 'ok', found: expect.stringMatching(/Contoso.*\/slack\/events/) }),
  ]);
});

test('a token that Slack does not know is a problem, and is not shown', async () => {
  const findings = await examined('xoxb-wrong');
  expect(findings).toMatchObject([{ verdict: 'problem', found: expect.stringContaining('invalid_auth') }]);
  expect(JSON.stringify(findings)).not.toContain('xoxb-wrong');
});

test('the token’s missing scopes are named', async () => {
  const findings = await examined('xoxb-right', ['chat:write', 'commands']);
  const [missing] = findings.filter(({ verdict }) => verdict === 'problem');
  expect(missing?.found).toContain('reactions:write');
  expect(missing?.found).not.toContain('chat:write');
});

test('without Slack there is nothing to check', async () => {
  expect(await checkSlack(null)).toMatchObject([{ verdict: 'ok', found: 'not configured' }]);
});

function readScopes(): string[] {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'manifest/slack/manifest.yaml'), 'utf8');
  return (parse(text) as { oauth_config: { scopes: { bot: string[] } } }).oauth_config.scopes.bot;
}
