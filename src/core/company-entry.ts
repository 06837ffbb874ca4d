/**
 * Why an error happens and how to fix it, written by an administrator of the company for an error that isn't
 * documented. `key` is the error's, `id` how it is typed; `codes` and `says` are Azure's, of the job that it was
 * written on, `fragment` what of its text is the same for every VM; `at` is ISO text.
 */
export type CompanyEntry = {
  readonly id: string;
  readonly key: string;
  readonly operation: 'backup' | 'restore' | 'configure';
  readonly codes: readonly string[];
  readonly says: readonly string[];
  readonly fragment: string;
  readonly cause: string;
  readonly fixes: readonly string[];
  readonly by: string;
  readonly at: string;
};

/** All of them, by the key of their error. */
export type CompanyEntries = ReadonlyMap<string, CompanyEntry>;
