/** How one finding of the readiness checks is said: ICU texts over its params. */
export type FindingWording = { readonly title: string; readonly text: string; readonly fix?: string };

/** The findings in English, by code. */
export const findingsEn: Readonly<Record<string, FindingWording>> = {};
/** The findings in Dutch, by code. */
export const findingsNl: Readonly<Record<string, FindingWording>> = {};
