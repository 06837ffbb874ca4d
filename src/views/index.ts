import type { View } from './view.ts';

/** All commands that only read. */
export const views: readonly View[] = [];
