import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { contoso } from '../../src/sim/estate/contoso.ts';
import { readState, storeIn } from '../../src/sim/state/store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kluis-sim-store-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a store closed in the middle of a write has saved the newest state, and writes nothing more', async () => {
  const path = join(folder, 'simulator.json');
  const state = contoso(new Date('2026-11-26T10:00:00Z'));
  const store = storeIn(path, () => state);
  store.changed();
  // The write that `changed` announced has begun once its file exists.
  while (!existsSync(`${path}.next`) && !existsSync(path)) await wait(1);
  state.clockOffsetMs = 4711;
  await store.close();
  const left = readdirSync(folder);
  store.changed();
  expect(readState(path).state?.clockOffsetMs).toBe(4711);
  expect(left).toContain('simulator.json');
  await wait(300);
  expect(readdirSync(folder)).toEqual(left);
});

test.each(['{"version":1,"vms":[', 'null', '{"version":99}'])('an unreadable file is renamed and kept: %s', (text) => {
  const path = join(folder, 'simulator.json');
  writeFileSync(path, text);
  const { state, setAside } = readState(path);
  expect(state).toBeNull();
  expect(readdirSync(folder).map((name) => join(folder, name))).toEqual([setAside]);
  expect(readFileSync(setAside!, 'utf8')).toBe(text);
  expect(readState(path)).toEqual({ state: null, setAside: null });
});
