import { controlsNl } from './controls.nl.ts';
import { en } from './en.ts';

/** All texts in Dutch. */
export const nl: Readonly<Record<keyof typeof en, string>> = {
  ...en,
  ...controlsNl,
};
