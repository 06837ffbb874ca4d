/**
 * `npm run sbom`: prints the bill of materials of the packages in the image (CycloneDX). npm makes it of everything in
 * the lock file; with its own `--omit` it would leave out every package that one for development needs as well.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Bill = {
  readonly components: readonly { readonly 'bom-ref': string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
};
type Lock = {
  readonly packages: Readonly<
    Record<string, { readonly version: string; readonly name?: string; readonly dev?: true; readonly optional?: true }>
  >;
};

const root = join(import.meta.dirname, '..');

/** What `npm ci --omit=dev --omit=optional` installs, as the Dockerfile has it; and the product itself. */
function inImage(): ReadonlySet<string> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const kept = Object.entries(packages).filter(([, { dev, optional }]) => !dev && !optional);
  return new Set(kept.map(([path, { name, version }]) => `${name ?? path.split('node_modules/').at(-1)}@${version}`));
}

const made = execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
});
const bill = JSON.parse(made) as Bill;
const kept = inImage();
const isKept = (ref: string) => kept.has(ref);
// A package that is there twice, once for development, is listed as that.
const components = bill.components
  .filter((one) => isKept(one['bom-ref']))
  .map((one) => ({ ...one, scope: 'required', properties: [] }));
const dependencies = bill.dependencies
  .filter(({ ref }) => isKept(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isKept) }));
process.stdout.write(`${JSON.stringify({ ...bill, components, dependencies }, null, 2)}\n`);
