/** How one readiness finding is worded: ICU texts over its params. `short`: its title in a few words, as a reason. */
export type FindingWording = {
  readonly title: string;
  readonly short?: string;
  readonly text: string;
  readonly fix?: string;
};

export { findingsEn } from './findings.en.ts';
export { findingsNl } from './findings.nl.ts';
