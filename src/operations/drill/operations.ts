import { allowDrills } from './allow-drills/operation.ts';
import { deleteDrill } from './delete-drill/operation.ts';
import { drill } from './drill/operation.ts';
import { endDrills } from './end-drills/operation.ts';

/** Drills: a restore that is checked and deleted again, and who allows them. */
export const drillOperations = [drill, deleteDrill, allowDrills, endDrills] as const;
