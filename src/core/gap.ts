/**
 * The places between two steps at which a crash would hurt most. Each is named here and reached in the code by this
 * name; the crash tests end the process at each of them in turn, so a gap without a test fails the build.
 */
export const gaps = [
  'turn:before-commit',
  'turn:after-commit',
  'start:after-commit',
  'look:before-commit',
  'write:before-attempt',
  'write:after-attempt',
  'write:after-send',
  'write:after-settle',
  'advance:before-save',
  'advance:after-save',
  'deliver:before-post',
  'deliver:after-post',
  'deliver:after-note',
] as const;
export type Gap = (typeof gaps)[number];

/** Called at a gap. In the product it does nothing; a crash test gives one that ends the process or never returns. */
export type ReachGap = (gap: Gap) => Promise<void>;

/** The product's own: nothing happens. */
export const noCrash: ReachGap = () => Promise.resolve();
