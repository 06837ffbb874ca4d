/** How bad something is, the worst first: backups or their safety are lost; none are made; look at it soon. */
export const severities = ['critical', 'error', 'warning'] as const;
export type Severity = (typeof severities)[number];
