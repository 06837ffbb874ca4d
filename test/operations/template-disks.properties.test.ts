import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Deployment, WhatIf } from '../../src/azure/gateway.ts';
import { otherDisks } from '../../src/operations/restore/create-vm/template-disks.ts';

const groupId = '/subscriptions/s/resourceGroups/rg-restore';
const idOf = (name: string) => `${groupId}/providers/Microsoft.Compute/disks/${name}`;
const restored = ['os', 'data-0', 'data-1'];
const forms = ['written', 'parameter', 'variable', 'resourceId', 'unknown'] as const;
type Form = (typeof forms)[number];

/** A template with these disks, each named in a form. */
function deploymentWith(disks: readonly { readonly name: string | null; readonly form: Form }[]): Deployment {
  const parameters: Record<string, unknown> = {};
  const variables: Record<string, unknown> = {};
  const diskOf = ({ name, form }: (typeof disks)[number], at: number) => {
    if (name === null) return { createOption: 'Empty' };
    parameters[`p${at}`] = { type: 'string', defaultValue: form === 'parameter' ? idOf(name) : name };
    variables[`v${at}`] = idOf(name);
    const id = {
      ...{ written: idOf(name).toUpperCase(), parameter: `[parameters('p${at}')]`, variable: `[variables('v${at}')]` },
      resourceId: `[resourceId('Microsoft.Compute/disks', parameters('P${at}'))]`,
      unknown: `[reference('${name}').id]`,
    }[form];
    return { createOption: 'Attach', managedDisk: { id } };
  };
  const [osDisk, ...dataDisks] = disks.map(diskOf);
  const vm = { type: 'Microsoft.Compute/virtualMachines', properties: { storageProfile: { osDisk, dataDisks } } };
  return { resourceGroupId: groupId, name: 'd', template: { parameters, variables, resources: [vm] }, parameters: {} };
}
const whatIf = (names: readonly (string | null)[] | null): WhatIf => [
  { id: 'vm', change: 'Create', disks: names && names.map((name) => (name === null ? '' : idOf(name))) },
];

const disksOf = (form: fc.Arbitrary<Form>) =>
  fc.array(fc.record({ name: fc.constantFrom(...restored, 'somebodys', null), form }), { minLength: 1, maxLength: 5 });
const isWhole = (names: readonly (string | null)[]) =>
  JSON.stringify(names.toSorted()) === JSON.stringify(restored.toSorted());

test('a template is deployed exactly if its VM has the restored disks, all of them and no other, however it names them', () => {
  const known = fc.constantFrom(...forms.slice(0, 4));
  const mutated = fc.oneof(
    disksOf(known),
    fc
      .shuffledSubarray(restored, { minLength: 3 })
      .map((names) => names.map((name) => ({ name, form: forms[0] as Form }))),
  );
  fc.assert(
    fc.property(mutated, fc.boolean(), (disks, isTold) => {
      const names = disks.map(({ name }) => name);
      const of = { deployment: deploymentWith(disks), changes: whatIf(isTold ? names : null) };
      const wrong = otherDisks(restored.map(idOf), of);
      expect(wrong).toBe(isWhole(names) ? null : 'template-other-disks');
    }),
    { numRuns: 1000 },
  );
});

test('what its text doesn’t say for certain is read from Azure’s what-if; if neither says it, nothing is deployed', () => {
  const unknown = restored.map((name) => ({ name, form: 'unknown' as const }));
  const deployment = deploymentWith(unknown);
  const ids = restored.map(idOf);
  expect(otherDisks(ids, { deployment, changes: whatIf(restored) })).toBeNull();
  expect(otherDisks(ids, { deployment, changes: whatIf(null) })).toBe('template-disks-unknown');
  expect(otherDisks(ids, { deployment, changes: whatIf(['os']) })).toBe('template-other-disks');
  const written = deploymentWith(restored.map((name) => ({ name, form: 'written' })));
  expect(otherDisks(ids, { deployment: written, changes: whatIf(['os']) })).toBe('template-other-disks');
});
