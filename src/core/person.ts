/**
 * Who is speaking, as the platform told it. `id` is the Entra object id where there is one, else the platform's own. One
 * who is `unlinked` is a member of the workspace and nobody in Entra: they may look, and start nothing.
 */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly platformId: string;
  readonly unlinked?: true;
};

/** The languages the product speaks. */
export type Locale = 'en' | 'nl';

/** How a reader sees times and words. `timeZone` is an IANA name. */
export type Reader = { readonly locale: Locale; readonly timeZone: string };
