/**
 * Who is speaking, as the platform reports it. `id` is the Entra object id where there is one, else the platform's own.
 * One who is `unlinked` is a member of the workspace who isn't linked to anybody in Entra: they can view what everyone
 * can, unless they are a guest, and start nothing.
 */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly platformId: string;
  /** The workspace in which `platformId` is theirs, where ids mean one person only within one. */
  readonly team?: string;
  readonly unlinked?: true;
  /** A guest of the workspace: they can't decide on anybody's plan, and view nothing until they are linked. */
  readonly guest?: true;
};

/** What starts something without a person: a schedule, or an alert. */
export type SystemActor = { readonly system: 'schedule' | 'alert' };

/** Who starts an operation. */
export type Actor = Person | SystemActor;

/** Whether a person acts. */
export function isPerson(actor: Actor): actor is Person {
  return 'id' in actor;
}

/** The languages the product speaks. */
export type Locale = 'en' | 'nl';
