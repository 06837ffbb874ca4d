/** Which workspaces have the app, and their tokens. */
export type Installations = {
  /** Records that somebody has started an installation with this state. */
  begin(state: string): Promise<void>;
  /** Uses the state up; false if nobody has started with it, or too long ago. */
  use(state: string): Promise<boolean>;
  /** Stores a workspace's token, replacing an earlier one. */
  keep(installed: Installed): Promise<void>;
  /** A workspace's token; null if the app isn't installed. */
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
