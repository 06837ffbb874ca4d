/** What Kluis proves itself with, and when it ends. */

/**
 * A secret of an application, with its first three characters (Entra tells secrets apart by them), or the file of a
 * certificate.
 */
export type OwnCredential =
  | { readonly setting: string; readonly by: 'secret'; readonly appId: string; readonly hint: string }
  | { readonly setting: string; readonly by: 'certificate'; readonly path: string };

/**
 * When one expires. `unread`: that can't be determined; `forbidden`: the operating identity lacks
 * `Application.Read.All`.
 */
export type CredentialEnd =
  | { readonly setting: string; readonly endsAt: Date }
  | { readonly setting: string; readonly unread: 'forbidden' | 'not-found' | 'unavailable' };

/** It is announced from this many days before it expires. */
export const announcedDays = 30;

const dayMs = 86_400_000;

/** The whole days until then; negative: it has expired. */
export function daysTo(endsAt: Date, now: Date): number {
  return Math.floor((endsAt.getTime() - now.getTime()) / dayMs);
}
