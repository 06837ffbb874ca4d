import { createHash } from 'node:crypto';
import type { KluisConfig } from '../config/kluis-config.ts';
import type { SlackInstallSetting } from '../config/settings/slack-settings.ts';
import { Fault } from '../core/fault.ts';
import { seal, unseal } from '../core/sealed.ts';
import type { Installations } from '../slack/install/installations.ts';
import type { Database } from '../store/database.ts';
import { keepInstallation, keepInstallState, sealedTokenOf, useInstallState } from '../store/slack-installations.ts';

const tenMinutesMs = 600_000;

/** Keeps installations in the database: tokens sealed for their workspace, states by their hash. */
export function installationsIn({ db }: Database, { tokenKeys, workspaces }: SlackInstallSetting): Installations {
  return {
    begin: (state) => keepInstallState(db, hashOf(state), tenMinutesMs),
    use: (state) => useInstallState(db, hashOf(state)),
    keep: ({ team, name, token, by }) =>
      keepInstallation(db, { team, name, installedBy: by, sealedToken: seal(tokenKeys, token, team) }),
    tokenOf: async (team) => {
      // A workspace that was taken off the list isn't served any more.
      const sealed = workspaces.includes(team) ? await sealedTokenOf(db, team) : null;
      return sealed && unseal(tokenKeys, sealed, team);
    },
  };
}

/** Throws if there are several workspaces and `kluis.yaml` names a person or channel of Slack without its workspace. */
export function checkWorkspaceNames({ people, channels, alerts, drills }: KluisConfig): void {
  const bare = [
    ...people.flatMap(({ slack }) => slack ?? []),
    ...channels.map(({ id }) => id),
    ...alerts.map(({ channel }) => channel),
    ...drills.flatMap(({ schedule }) => schedule?.channel ?? []),
  ].find((id) => /^[A-Z][A-Z0-9]{5,20}$/.test(id));
  if (bare === undefined) return;
  throw new Fault(
    'settings-invalid',
    `kluis.yaml names ${bare}, and with several Slack workspaces that can be in each of them. Write the workspace before it: T012AB3CD/${bare}.`,
  );
}

function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}
