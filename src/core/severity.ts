/** How bad something is, the worst first: backups or their safety are lost; no backups are made; worth a look soon. */
export const severities = ['critical', 'error', 'warning'] as const;
export type Severity = (typeof severities)[number];
