import type { Ask } from '../../people/rights.ts';
import { asksOnVm, placeOf } from '../targets.ts';
import type { PointPart } from './plan.ts';

/** The right to write key locations into restored disks: for the VM, and where the disks are. */
export function pointAsks(part: PointPart): readonly Ask[] {
  const group = part.targetGroup.id;
  const azure = [{ scope: group, actions: ['Microsoft.Compute/disks/write'] }];
  const place = placeOf(`${group}/providers/Microsoft.Compute/disks/any`);
  return asksOnVm(part.does, part, azure).map((ask) => ({ ...ask, also: [...(ask.also ?? []), place] }));
}
