import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { dockerfile, root } from '../support/image.ts';

type Step = { readonly id?: string; readonly uses?: string; readonly run?: string; readonly env?: object };
type Job = { readonly steps: Step[] };

const text = readFileSync(join(root, '.github', 'workflows', 'release.yml'), 'utf8');
const { jobs } = parse(text) as { jobs: Readonly<Record<'image', Job>> };

/** The workflow can't run here; what can be read off it is checked, and more of it in dockerfile.test.ts. */
test('what was built is signed by its digest, and attested', () => {
  const { steps } = jobs.image;
  const at = (is: (step: Step) => boolean | undefined) => steps.findIndex((step) => is(step));
  const [built, signed] = [at(({ id }) => id === 'build'), at(({ run }) => run?.startsWith('cosign sign'))];
  expect(built).toBeGreaterThan(-1);
  expect(signed).toBeGreaterThan(built);
  expect(steps[signed]).toMatchObject({
    run: 'cosign sign --yes "${IMAGE}@${DIGEST}"',
    env: { DIGEST: '${{ steps.build.outputs.digest }}' },
  });
  for (const attestation of ['actions/attest-build-provenance@', 'actions/attest-sbom@'])
    expect(at(({ uses }) => uses?.startsWith(attestation))).toBeGreaterThan(built);
});

test('the command that verifies the signature names this workflow', () => {
  const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  const [, identity] = /--certificate-identity-regexp '([^']+)'/.exec(page)!;
  const signer = 'https://github.com/contoso/kluis/.github/workflows/release.yml@refs/tags/v1.2.3';
  const pattern = new RegExp((identity as string).replace('<owner>', 'contoso'));
  expect(
    [signer, signer.replace('release', 'other'), signer.replace('tags/v', 'heads/')].map((one) => pattern.test(one)),
  ).toEqual([true, false, false]);
});

test('package, lock file, Teams app and changelog name one release, and the image says which it is', () => {
  const read = (name: string) => readFileSync(join(root, name), 'utf8');
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const lock = JSON.parse(read('package-lock.json')) as { version: string; packages: { '': { version: string } } };
  const teams = JSON.parse(read('manifest/teams/manifest.json')) as { version: string };
  const [, changelog] = /^## (\d+\.\d+\.\d+), \d+ \w+ \d{4}$/m.exec(read('CHANGELOG.md')) ?? [];
  expect([lock.version, lock.packages[''].version, teams.version, changelog]).toEqual(Array(4).fill(version));
  for (const label of ['version=$VERSION', 'revision=$COMMIT', 'licenses=MIT'])
    expect(dockerfile).toContain(`org.opencontainers.image.${label}`);
  expect(dockerfile).toMatch(/^ENV KLUIS_COMMIT=\$COMMIT$/m);
});
