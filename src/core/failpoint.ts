/**
 * The places between two steps at which a crash would hurt most. Each is named here and reached in the code by this
 * name; the crash tests end the process at each of them in turn, so a failpoint without a test fails the build.
 */
export const failpoints = [
  'turn:before-commit',
  'turn:after-commit',
  'start:after-commit',
  'lookup:before-commit',
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
export type Failpoint = (typeof failpoints)[number];

/**
 * Called at a failpoint. In the product it does nothing; a crash test gives one that ends the process or never returns.
 */
export type ReachFailpoint = (failpoint: Failpoint) => Promise<void>;

/** The product's own: nothing happens. */
export const noFailpoint: ReachFailpoint = () => Promise.resolve();
