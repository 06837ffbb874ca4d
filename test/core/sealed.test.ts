import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { seal, unseal } from '../../src/core/sealed.ts';

const [older, newer] = [randomBytes(32), randomBytes(32)];

test('an encrypted value opens with the same key, for the same purpose, and unchanged', () => {
  const sealed = seal([older], 'xoxb-secret', 'T1');
  expect(sealed).not.toContain('xoxb');
  expect(seal([older], 'xoxb-secret', 'T1')).not.toBe(sealed);
  expect(unseal([older], sealed, 'T1')).toBe('xoxb-secret');
  expect(unseal([older], sealed, 'T2')).toBeNull();
  expect(unseal([newer], sealed, 'T1')).toBeNull();
  const bytes = Buffer.from(sealed, 'base64url');
  for (const at of [0, 12, bytes.length - 1]) {
    const changed = Buffer.from(bytes);
    changed[at]! ^= 1;
    expect(unseal([older], changed.toString('base64url'), 'T1')).toBeNull();
  }
  for (const none of ['', 'AAAA', sealed.slice(0, 20)]) expect(unseal([older], none, 'T1')).toBeNull();
});

test('a key is replaced by putting a new one before it, and removed once nothing is encrypted with it', () => {
  const before = seal([older], 'one', 'T1');
  const after = seal([newer, older], 'two', 'T1');
  expect([before, after].map((sealed) => unseal([newer, older], sealed, 'T1'))).toEqual(['one', 'two']);
  expect([before, after].map((sealed) => unseal([newer], sealed, 'T1'))).toEqual([null, 'two']);
});
