import { beforeAll, describe, expect, test } from '@jest/globals';
import { keysOf, words } from '../../src/message/words.ts';
import { maxVerdict, type RenderContext } from '../../src/message/card-data.ts';
import { asSheet } from '../../src/message/rendering/as-sheet.ts';
import shorts from '../../src/knowledge/shorts.json' with { type: 'json' };
import { partKindOf } from '../../src/operations/list.ts';
import { pingOf } from '../../src/operations/cards/operation-card.ts';
import type { Failure } from '../../src/operations/ground/part.ts';
import type { Plan } from '../../src/operations/parts/plan.ts';
import { card, ended, operationOf, planned } from '../support/cards/operation-kinds.ts';
import { vmPlan } from '../support/cards/restore-end-kinds.ts';

const failure = (internal: Failure['internal']): Failure => ({
  ...{ origin: 'internal', codes: [], says: [], internal, requestId: null, jobId: null },
});
const longName = 'vm-with-the-longest-name-that-azure-gives-to-a-virtual-machine-1';
const renamed = (plan: Plan): Plan =>
  JSON.parse(JSON.stringify(plan).replaceAll(/vm-(sql|app|web)-01/g, longName)) as Plan;

describe.each(['en', 'nl'] as const)('in %s', (locale) => {
  const look: RenderContext = { locale, timeZone: 'UTC', simulated: false };
  const { say } = words(look);
  let plans: readonly Plan[];
  beforeAll(async () => {
    plans = [await planned('vm-web-01', 'grant-key-vault-access+protect+back-up-now'), vmPlan];
  });

  test('every reason fits a title behind "Failed", whatever failed', () => {
    const reasons = [
      ...keysOf('trouble').map((key) => say(`trouble.${key}`)),
      ...Object.values(shorts).map((short) => short[locale]),
      ...[say('failed.certificate'), say('failed.unknown-cause')],
    ];
    const long = reasons.map((cause) => say('failed.short', { cause })).filter((title) => title.length > maxVerdict);
    expect(long).toEqual([]);
  });

  test.each(keysOf('trouble'))(
    'a card that failed because of %s says so in its title, and names what failed',
    (key) => {
      for (const plan of [...plans, ...plans.map(renamed)])
        for (const [at, part] of plan.parts.entries()) {
          const parts = plan.parts.map((_, index) =>
            ended(index === at ? { ended: 'failed', failure: failure(key) } : { ended: 'done' }),
          );
          const { title, subtitle = '', why = '' } = asSheet(card(look, plan, { parts }));
          expect(title.length > maxVerdict ? title : 'short').toBe('short');
          expect(title.toLowerCase()).toContain(say(`trouble.${key}`).toLowerCase());
          const name = partKindOf(part).about(part).name;
          const vms = plan.vms.map((vm) => vm.name);
          expect([name, ...vms].some((one) => `${title} ${subtitle}`.includes(one))).toBe(true);
          expect(why).not.toContain(title);
          // The message beside it has room for all of it, and says what failed in the field's words.
          const said = pingOf({ words: words(look), operation: operationOf(plan, { parts }), now: new Date() }) ?? '';
          expect(said.toLowerCase()).toContain(say(`trouble.${key}`).toLowerCase());
          expect([name, ...vms].some((one) => said.includes(one))).toBe(true);
          expect(said).not.toContain(`${say('failed.short', { cause: say(`trouble.${key}`) })}`);
        }
    },
  );
});
