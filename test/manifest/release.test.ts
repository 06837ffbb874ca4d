import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/image.ts';

type Step = { readonly id?: string; readonly uses?: string; readonly run?: string; readonly env?: object };
type Job = { readonly needs?: string; readonly permissions: Readonly<Record<string, string>>; readonly steps: Step[] };

const text = readFileSync(join(root, '.github', 'workflows', 'release.yml'), 'utf8');
const { permissions, jobs } = parse(text) as { permissions: object; jobs: Readonly<Record<'test' | 'image', Job>> };

/** The workflow can't run here; what can be read off it is checked. */
test('every action is pinned to a commit, with its version beside it', () => {
  const used = [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => action as string);
  expect(used.length).toBeGreaterThan(8);
  expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
});

test('nothing is permitted except what a job asks for, and the image waits for the tests', () => {
  expect(permissions).toEqual({});
  expect(jobs.test.permissions).toEqual({ contents: 'read' });
  expect(jobs.image).toMatchObject({ needs: 'test', permissions: { 'id-token': 'write', packages: 'write' } });
  expect(jobs.test.steps.map(({ run }) => run)).toContain('.ci/run');
});

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
