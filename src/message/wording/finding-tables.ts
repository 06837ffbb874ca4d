/** How one finding of the readiness checks is said: ICU texts over its params. */
export type FindingWording = { readonly title: string; readonly text: string; readonly fix?: string };

export { findingsEn } from './findings.en.ts';
export { findingsNl } from './findings.nl.ts';
