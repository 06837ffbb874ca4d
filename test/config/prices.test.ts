import { expect, test } from '@jest/globals';
import { parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { sayProblem } from '../../src/config/problem.ts';

const said = (text: string) => {
  const read = parseKluisYaml(text, 'kluis.yaml');
  return 'problems' in read ? read.problems.map(sayProblem) : [];
};

test('invalid prices, unknown kinds of disk, no currency: each by its word, with what to write', () => {
  const text =
    'prices: { currency: euro, disks: { Premium_LRS: -1, Premum_ZRS: 0.2, StandardSSD_LRS: cheap }, staging: 0 }';
  expect(said(text)).toEqual([
    expect.stringMatching(/^kluis\.yaml:1:21 prices\.currency: it is no code of a currency\. .*EUR/),
    expect.stringMatching(/^kluis\.yaml:1:49 prices\.disks\.Premium_LRS: it is not more than 0\. .*0\.12/),
    expect.stringMatching(/^kluis\.yaml:1:53 prices\.disks\.Premum_ZRS: .*Did you mean Premium_ZRS\?/),
    expect.stringMatching(/^kluis\.yaml:1:87 prices\.disks\.StandardSSD_LRS: /),
    expect.stringMatching(/^kluis\.yaml:1:105 prices\.staging: it is not more than 0/),
  ]);
  expect(said('prices: { currency: EUR, disks: {}, vms: { D4: 140, Standard_D4s_v5: free } }')).toEqual([
    expect.stringMatching(/^kluis\.yaml:1:\d+ prices\.vms\.Standard_D4s_v5: it is text, not a number/),
  ]);
  expect(said('prices: { currency: EUR, disks: {}, vms: { D4: 140 } }')).toEqual([
    expect.stringMatching(/^kluis\.yaml:1:\d+ prices\.vms: a key in it is no size of VMs\. .*Standard_D4s_v5: 140/),
  ]);
  expect(said('prices: { disks: {} }')).toEqual([expect.stringMatching(/^kluis\.yaml:1:9 prices\.currency: /)]);
});
