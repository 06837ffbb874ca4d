import type { TemplateResource } from '../state/state-deployments.ts';
import type { World } from '../state/world.ts';

/** A right that a resource needs on another one that it names. */
export type Link = { readonly needs: string; readonly on: string };

/** How resources of one type are made. What cannot be made is refused by an `ArmRefusal`, as its provider would. */
export type Maker = {
  readonly type: string;
  /** How long Azure takes, in seconds, drawn between the two. */
  readonly seconds: readonly [number, number];
  links(resource: TemplateResource): readonly Link[];
  /** What a deployment would do to it. */
  change(world: World, resource: TemplateResource): 'Create' | 'Modify' | 'NoChange';
  begin(world: World, resource: TemplateResource): void;
  end(world: World, resource: TemplateResource): void;
};
