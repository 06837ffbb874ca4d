/** Which workspaces have the app, and their tokens. */
export type Installations = {
  /** Notes that somebody has begun an installation with this state. */
  begin(state: string): Promise<void>;
  /** Uses the state up; false if nobody has begun with it, or too long ago. */
  use(state: string): Promise<boolean>;
  /** Keeps the token of a workspace; one that was there is replaced. */
  keep(installed: Installed): Promise<void>;
  /** The token of a workspace; null where the app is not installed. */
  tokenOf(team: string): Promise<string | null>;
};

/** A workspace in which somebody has installed the app. */
type Installed = { readonly team: string; readonly name: string; readonly token: string; readonly by: string };

/** How the app gets into workspaces: into those that are listed, by pages below `publicUrl`. */
export type Installing = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly workspaces: readonly string[];
  readonly publicUrl: string;
  readonly apiUrl: string | null;
  readonly installations: Installations;
};
