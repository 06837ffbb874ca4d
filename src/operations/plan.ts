/**
 * A plan: what will be done, frozen at the click. Its canonical JSON has a SHA-256 digest, and an approval is bound to
 * that. It holds a list of VMs from the first day; its parts are tied together by `after`.
 */
import { digestOf } from '../core/digest.ts';
import type { LeftOut } from './left-out.ts';
import type { Part } from './part.ts';

/** The goals people can choose on a readiness card. */
export const goals = [
  'protect-and-back-up',
  'protect',
  'grant-protect-and-back-up',
  'grant-and-back-up',
  'grant',
  'back-up-now',
  'cancel-job',
  'create-policy',
  'change-policy',
] as const;
export type Goal = (typeof goals)[number];

/** A frozen plan. `version` is the shape of this document; `leftOut` is who was asked for too and is not among its VMs. */
export type Plan = {
  readonly version: 1;
  readonly goal: Goal;
  readonly vms: readonly { readonly id: string; readonly name: string }[];
  readonly leftOut?: readonly LeftOut[];
  readonly parts: readonly Part[];
};

/** The digest that an approval is bound to. */
export function planDigest(plan: Plan): string {
  return digestOf(plan);
}
