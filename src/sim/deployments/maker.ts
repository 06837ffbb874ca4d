import type { TemplateResource } from '../state/state-deployments.ts';
import type { World } from '../state/world.ts';

/** A permission that a resource needs on another one that it names. */
export type Link = { readonly needs: string; readonly on: string };

/**
 * How resources of one type are created. What can't be created is refused with an `ArmRefusal`, as its provider would.
 */
export type Maker = {
  readonly type: string;
  /** How long Azure takes, in seconds: a random time between the two. */
  readonly seconds: readonly [number, number];
  links(resource: TemplateResource): readonly Link[];
  /** What a deployment would change about it. */
  change(world: World, resource: TemplateResource): 'Create' | 'Modify' | 'NoChange';
  begin(world: World, resource: TemplateResource): void;
  end(world: World, resource: TemplateResource): void;
};
