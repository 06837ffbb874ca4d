import { expect, test } from '@jest/globals';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copied, dockerfile, ignored, imageFiles, root } from '../support/image.ts';
import { readSource } from '../support/imports.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');

test('everything that is copied is there, and comes through .dockerignore', () => {
  expect(copied).toEqual(expect.arrayContaining(['src', 'cards', 'manifest', 'package-lock.json', '.npmrc']));
  for (const path of copied) {
    expect({ path, isThere: existsSync(join(root, path)) }).toEqual({ path, isThere: true });
    expect(ignored).toContain(`!${path}`);
  }
});

test('nothing else comes through: no settings, no data, no history', () => {
  expect(ignored[0]).toBe('*');
  expect(ignored.filter((line) => line.startsWith('!')).sort()).toEqual(
    copied
      .map((path) => `!${path}`)
      .filter(isFirst)
      .sort(),
  );
});

test('it runs a program that is in it, as nobody in particular, on a Node that the product takes', () => {
  const [, program] = /^CMD \["node", "([^"]+)"\]$/m.exec(dockerfile) ?? [];
  expect(program).toBe('src/main.ts');
  expect(statSync(join(root, program as string)).isFile()).toBe(true);
  expect(dockerfile).toMatch(/^USER node$/m);
  const major = Number(/^FROM node:(\d+)-slim$/m.exec(dockerfile)?.[1]);
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  expect(major).toBeGreaterThanOrEqual(Number(/>=(\d+)/.exec(engines.node)?.[1]));
});

test('every folder that the product reads beside its own code is copied', () => {
  const beside = sources().flatMap((path) => [...read(path).matchAll(/(?:\.\.\/)+(cards|manifest|docs|test|\.ci)\b/g)]);
  const folders = new Set(beside.map(([, folder]) => folder as string));
  expect([...folders].sort()).toEqual(['cards', 'manifest']);
  for (const folder of folders) expect(copied).toContain(folder);
});

test('every package that the product imports is installed without the ones for development', () => {
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const used = sources().flatMap((path) =>
    readSource(root, path).imports.filter(
      ({ from, local, typeOnly }) => !local && !typeOnly && !from.startsWith('node:'),
    ),
  );
  const names = new Set(used.map(({ from }) => (/^(@[^/]+\/[^/]+|[^/]+)/.exec(from) as RegExpExecArray)[0]));
  expect(names.size).toBeGreaterThan(20);
  expect([...names].filter((name) => !(name in dependencies))).toEqual([]);
});

test('no package of the image wants to run a script when it is installed', () => {
  type Lock = { packages: Record<string, { hasInstallScript?: true; dev?: true; optional?: true }> };
  const { packages } = JSON.parse(read('package-lock.json')) as Lock;
  const scripted = Object.entries(packages).filter(([, one]) => one.hasInstallScript && !one.dev && !one.optional);
  expect(scripted.map(([path]) => path)).toEqual([]);
});

function sources(): string[] {
  return imageFiles().filter((path) => path.startsWith('src/') && path.endsWith('.ts'));
}

function isFirst(path: string, at: number, all: readonly string[]): boolean {
  return all.indexOf(path) === at;
}
