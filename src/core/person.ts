/** Who is speaking, as the platform told it. `id` is the Entra object id where there is one, else the platform's own. */
export type Person = { readonly id: string; readonly name: string; readonly platformId: string };

/** The languages the product speaks. */
export type Locale = 'en' | 'nl';

/** How a reader sees times and words. `timeZone` is an IANA name. */
export type Reader = { readonly locale: Locale; readonly timeZone: string };
