/** The days of a week by their English names, as `kluis.yaml` writes them. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
type Weekday = (typeof weekdays)[number];

/** On which days, and at what time of day (`HH:MM`), something is posted or started. The time zone is the reader's. */
export type Schedule = { readonly days: readonly Weekday[]; readonly time: string };
