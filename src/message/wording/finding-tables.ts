/** How one readiness finding is worded: ICU texts over its params. */
export type FindingWording = { readonly title: string; readonly text: string; readonly fix?: string };

export { findingsEn } from './findings.en.ts';
export { findingsNl } from './findings.nl.ts';
