/**
 * The names that an ICU text needs, read from its type: `'{vm} has {n, plural, one {# disk} other {# disks}}'` needs
 * `vm` and `n`. A plural branch of one bare word would be read as a name too; write such branches as two words.
 */
export type Placeholders<Text extends string> = Text extends `${string}{${infer Rest}`
  ? NameAt<Rest> | Placeholders<Rest>
  : never;

type NameAt<Rest extends string> = Rest extends `${infer Head}}${string}`
  ? Head extends `${infer Name},${string}`
    ? Bare<Name>
    : Bare<Head>
  : never;

/** Words with spaces, `#` or nested braces are text of a branch, not names. */
type Bare<Name extends string> = Name extends '' | `${string}${' ' | '#' | '{'}${string}` ? never : Name;

/** What can be filled in. A date is written with its zone, names as a list; texts are cleaned and shortened. */
export type Value = string | number | boolean | Date | readonly string[];
