import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { mutants } from '../../tools/mutants/all.ts';
import { runTool } from './run-tool.ts';

const root = join(import.meta.dirname, '..', '..');

test('every mutant can still be made: its text is in its file once', async () => {
  const { code, out, err } = await runTool('mutants', ['--check'], {});
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toMatch(/^\d+ mutants can be made/);
});

test('every test that should notice one exists', () => {
  const named = Object.values(mutants).flatMap((some) => some.flatMap(({ tests }) => tests));
  expect(named.filter((path) => !existsSync(join(root, 'test', path)))).toEqual([]);
});

test('a mutant is named by its word, and a wrong word says how', async () => {
  expect(await runTool('mutants', ['--check', '--only', 'old-reading'], {})).toMatchObject({
    code: 0,
    out: '1 mutants can be made\n',
  });
  expect(await runTool('mutants', ['--area', 'nowhere'], {})).toMatchObject({ code: 2, out: '' });
});
