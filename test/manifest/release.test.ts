import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/image.ts';

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
