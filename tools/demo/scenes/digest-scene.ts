import type { DemoContext } from './demo-context.ts';

/** What will fail tonight, with its fix, and the card that the fix opens. */
export async function forecastScene({ ana, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  await ana.says('/backup forecast');
  checks.card(await ana.settled(), {
    title: say('forecast.fails-tonight', { count: 3 }),
    says: ['vm-app-02', 'kv-web-weu', 'vm-hr-01', say('forecast.ade-by-owner')],
  });
  await ana.presses(say('button.show-fix'), { nth: 1 });
  checks.card(await ana.settled(), { title: '…', says: ['vm-app-02', 'kv-web-weu'] });
}

/** The state of everything on one card, with a month of nights; from there to what will fail. */
export async function digestScene({ ana, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  await ana.says('/backup digest');
  checks.card(await ana.settled(), {
    title: '…',
    says: [say('digest.protected'), say('digest.forecast'), say('digest.exposed'), say('digest.sign.unknown'), '✓'],
  });
  await ana.presses(say('digest.show-forecast'));
  checks.card(await ana.settled(), {
    title: say('forecast.fails-tonight', { count: 3 }),
    says: ['vm-hr-01', say('forecast.ade-by-owner')],
  });
}
