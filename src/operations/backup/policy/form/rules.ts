/** What Azure allows in a backup policy for VMs. */

/** 3 to 150 letters, digits or hyphens, starting with a letter. */
export const policyName = /^[A-Za-z][A-Za-z0-9-]{2,149}$/;

/** How many policies a Recovery Services vault can hold. */
export const maxPolicies = 200;

/** An Enhanced policy can run every that many hours. */
export const hourSteps = [4, 6, 8, 12] as const;

/** For how many hours of the day it can run; it has to be a multiple of the step. */
export const windowHours = [4, 6, 8, 12, 16, 18, 20, 24] as const;

/** How long points of each layer can be kept, in its own unit. */
export const keepRange = {
  daily: { min: 7, max: 9999, unit: 'Days' },
  weekly: { min: 1, max: 5163, unit: 'Weeks' },
  monthly: { min: 1, max: 1188, unit: 'Months' },
  yearly: { min: 1, max: 99, unit: 'Years' },
} as const;

/** A layer of retention. */
export type Layer = keyof typeof keepRange;

/** The layers from the shortest to the longest. */
export const layers = Object.keys(keepRange) as readonly Layer[];

/** How long snapshots can stay in addition to the copy in the vault, and how long they do by default, in days. */
export const snapshotRange = {
  Standard: { min: 1, max: 5, default: 2 },
  Enhanced: { min: 1, max: 30, default: 7 },
} as const;

/** For a weekly policy Azure accepts only this number of days. */
export const weeklySnapshotDays = 5;

/** Azure starts backups at full and half hours. */
export const startTimes: readonly string[] = Array.from({ length: 48 }, (_, half) =>
  [Math.floor(half / 2), (half % 2) * 30].map((part) => String(part).padStart(2, '0')).join(':'),
);

/** The days of the week as Azure writes them. */
export const weekDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export type WeekDay = (typeof weekDays)[number];
