import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { copied, dockerfile, ignored, imageFiles, root } from '../support/image.ts';
import { readSource } from '../support/imports.ts';

const read = (name: string) => readFileSync(join(root, name), 'utf8');

test('everything that is copied exists, and isn’t excluded by .dockerignore', () => {
  expect(copied).toEqual(expect.arrayContaining(['src', 'cards', 'manifest', 'package-lock.json', '.npmrc']));
  for (const path of copied) {
    expect({ path, isThere: existsSync(join(root, path)) }).toEqual({ path, isThere: true });
    expect(ignored).toContain(`!${path}`);
  }
});

test('nothing else is included: no settings, no data, no history', () => {
  expect(ignored[0]).toBe('*');
  expect(ignored.filter((line) => line.startsWith('!')).sort()).toEqual(
    copied
      .map((path) => `!${path}`)
      .filter(isFirst)
      .sort(),
  );
});

test('it runs an existing program, as an unprivileged user, on a Node that the product accepts', () => {
  const [, flag, program] = /^CMD \["node", "(--[^"]+)", "([^"]+)"\]$/m.exec(dockerfile) ?? [];
  expect(program).toBe('src/start.js');
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
  const started = `node ${flag} ${program}`;
  expect(scripts.start).toBe(`exec ${started} || ${started}`);
  expect(statSync(join(root, program as string)).isFile()).toBe(true);
  expect(dockerfile).toMatch(/^USER node$/m);
  const major = Number(/^ARG BASE=docker\.io\/library\/node:(\d+)-slim$/m.exec(dockerfile)?.[1]);
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  expect(major).toBeGreaterThanOrEqual(Number(/>=(\d+)/.exec(engines.node)?.[1]));
});

test('every folder that the product reads besides its own code is copied', () => {
  const beside = sources().flatMap((path) => [...read(path).matchAll(/(?:\.\.\/)+(cards|manifest|docs|test|\.ci)\b/g)]);
  const folders = new Set(beside.map(([, folder]) => folder as string));
  expect([...folders].sort()).toEqual(['cards', 'manifest']);
  for (const folder of folders) expect(copied).toContain(folder);
});

test('every package that the product imports is installed without development dependencies', () => {
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

test('no package in the image runs a script on installation', () => {
  const scripted = locked().filter(([, one]) => one.hasInstallScript);
  expect(scripted.map(([path]) => path)).toEqual([]);
});

describe('a release', () => {
  const folder = '.github/workflows';
  const workflows = readdirSync(join(root, folder)).map((name) => read(join(folder, name)));

  test('uses only actions pinned to a commit, grants no permission to all jobs, and runs existing scripts', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(workflows.length).toBeGreaterThan(0);
    for (const workflow of workflows) {
      const used = workflow.match(/^.*\buses:.*$/gm) ?? [];
      expect(used.length).toBeGreaterThan(0);
      expect(used.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
      expect(workflow).toMatch(/^permissions: \{\}$/m);
      for (const [, script] of workflow.matchAll(/npm run (?:--silent )?([\w:]+)/g))
        expect(scripts).toHaveProperty([script!]);
      for (const [, program] of workflow.matchAll(/run: (\.[\w./]+)$/gm))
        expect(existsSync(join(root, program!))).toBe(true);
    }
  });

  test('attests its SBOM: CycloneDX, with the packages in the image and no others', () => {
    const [, path] = /npm run --silent sbom > (\S+)/.exec(workflows.join('\n')) ?? [];
    expect(workflows.join('\n')).toContain(`sbom-path: ${path}`);
    const bill = JSON.parse(
      execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }),
    ) as { bomFormat: string; components: { group?: string; name: string; version: string }[] };
    expect(bill.bomFormat).toBe('CycloneDX');
    const listed = new Set(
      bill.components.map(({ group, name, version }) => `${[group, name].filter(Boolean).join('/')}@${version}`),
    );
    expect([...listed].toSorted()).toEqual([...new Set(imagePackages())].toSorted());
  });
});

type Lock = {
  packages: Record<
    string,
    { name?: string; version: string; hasInstallScript?: true; dev?: true; optional?: true; devOptional?: true }
  >;
};

function locked(): [path: string, entry: Lock['packages'][string]][] {
  const { packages } = JSON.parse(read('package-lock.json')) as Lock;
  return Object.entries(packages).filter(([path, one]) => path !== '' && !one.dev && !one.optional && !one.devOptional);
}

function imagePackages(): string[] {
  return locked().map(([path, { name, version }]) => `${name ?? path.split('node_modules/').at(-1)}@${version}`);
}

function sources(): string[] {
  return imageFiles().filter((path) => /^(src|cards)\/.*\.ts$/.test(path));
}

function isFirst(path: string, at: number, all: readonly string[]): boolean {
  return all.indexOf(path) === at;
}
