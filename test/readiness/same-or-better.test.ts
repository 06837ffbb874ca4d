import { describe, expect, test } from '@jest/globals';
import { sameVerdictOrBetter } from '../../src/readiness/findings/same-or-better.ts';
import { contoso, change, look, protect } from './support/contoso.ts';
import * as f from './support/facts.ts';
import { changeKeyVault } from './support/scenarios.ts';
import type { World } from './support/world.ts';

async function compare(name: string, before: (world: World) => void, after: (world: World) => void) {
  const [then, now] = [contoso(), contoso()];
  before(then);
  after(now);
  return sameVerdictOrBetter(await look(then, name), await look(now, name));
}
const nothing = () => undefined;
const off = (world: World) => change(world, 'vm-sql-01', { powerState: 'PowerState/deallocated', agent: null });

describe('what was shown is still valid', () => {
  test('the same', async () => expect(await compare('vm-sql-01', nothing, nothing)).toBe(true));
  test('after a trip through a database row', async () => {
    const shown = await look(contoso(), 'vm-web-01');
    expect(sameVerdictOrBetter(JSON.parse(JSON.stringify(shown)), shown)).toBe(true);
  });
  test('better: the agent is back', async () => {
    const mended = (world: World) => change(world, 'vm-agentless-01', { agent: { status: 'Ready', version: '2' } });
    expect(await compare('vm-agentless-01', nothing, mended)).toBe(true);
  });
  test('a smaller grant than was shown', async () => {
    const partly = (world: World) =>
      changeKeyVault(world, 'kv-web-weu', { policies: [f.accessPolicy(['get', 'list', 'backup'], ['get', 'list'])] });
    expect(await compare('vm-web-01', nothing, partly)).toBe(true);
  });
  test('somebody protected it meanwhile: adopted', async () => {
    const done = (world: World) => protect(world, 'vm-sql-01', { points: [] });
    expect(await compare('vm-sql-01', nothing, done)).toBe(true);
  });
});

describe('the state got worse', () => {
  test('a new warning', async () => expect(await compare('vm-sql-01', nothing, off)).toBe(false));
  test('a block in place of a warning', async () => {
    const failed = (world: World) => change(world, 'vm-sql-01', { provisioningState: 'Failed' });
    expect(await compare('vm-sql-01', off, failed)).toBe(false);
  });
  test('a larger grant than was shown', async () => {
    const none = (world: World) => changeKeyVault(world, 'kv-web-weu', { policies: [] });
    expect(await compare('vm-web-01', nothing, none)).toBe(false);
  });
  test('a grant that can no longer be offered', async () => {
    const locked = (world: World) => {
      const id = `${f.keyVaultId('kv-web-weu')}/providers/Microsoft.Authorization/locks/freeze`;
      world.locks.push({ id, name: 'freeze', level: 'ReadOnly' });
    };
    expect(await compare('vm-web-01', nothing, locked)).toBe(false);
  });
  test('another key vault has the same problem', async () => {
    const prod = (world: World) => changeKeyVault(world, 'kv-prod-weu', { policies: [] });
    expect(await compare('vm-split-01', nothing, prod)).toBe(false);
  });
  test('it is protected in another Recovery Services vault now', async () => {
    const before = (world: World) => protect(world, 'vm-sql-01', { points: [] });
    const after = (world: World) => protect(world, 'vm-sql-01', { points: [], vault: 'rsv-test-weu' });
    expect(await compare('vm-sql-01', before, after)).toBe(false);
  });
});
