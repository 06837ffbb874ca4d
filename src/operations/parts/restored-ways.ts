/** The ways in which disks are found. */
export const ways = ['tag', 'difference', 'file', 'job', 'origin'] as const;
export type Way = (typeof ways)[number];
