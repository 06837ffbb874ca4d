/** Which release runs: the version of its package, and the commit it was built from, if that is known. */
export type Release = { readonly version: string; readonly commit: string | null };

/** A release in one word, as SemVer writes a build: `0.2.0+1a2b3c4`. */
export function releaseName({ version, commit }: Release): string {
  return commit === null ? version : `${version}+${commit.slice(0, 7)}`;
}
