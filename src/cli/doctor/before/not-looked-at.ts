import { shellWord } from '../../../core/shell-word.ts';
import { unknown, type Finding } from '../finding.ts';

const atGroup =
  'whether you may deploy to the management group (Microsoft.Resources/deployments/*), which has no name here';
const assignmentsAtGroup =
  'az role assignment list --include-inherited --include-groups --scope /providers/Microsoft.Management/managementGroups/<management group>';

// The reference of the module MicrosoftTeams: IsSideloadedAppsInteractionEnabled is the org-wide switch.
const customApps =
  'Connect-MicrosoftTeams; Get-CsTeamsSettingsCustomApp; if it is off: Set-CsTeamsSettingsCustomApp -IsSideloadedAppsInteractionEnabled $true';

type Deployment = {
  readonly region: string | null;
  /** Whether it is a deployment to a management group, because there are several subscriptions. */
  readonly group: boolean;
  /** The object ID of whoever is signed in; null: the token doesn't say. */
  readonly who: string | null;
};

/** What can't be read from Azure or Graph before a deployment, or isn't read, and where it can be seen. */
export function notLookedAt({ region, group, who }: Deployment): readonly Finding[] {
  const where = region === null ? '<region>' : shellWord(region);
  const command = group
    ? `az deployment mg what-if -m <management group> -l ${where} -n kluis -f deploy/azuredeploy.mg.json`
    : `az deployment sub what-if -l ${where} -n kluis -f deploy/azuredeploy.json`;
  return [
    ...(group ? [unknown('Rights', atGroup, `${assignmentsAtGroup} --assignee ${who ?? '<object id>'}`)] : []),
    unknown(
      'Teams',
      'whether Teams lets custom apps in: neither Azure nor Graph says',
      `Have a Teams administrator run, in PowerShell: ${customApps}; or look at admin.teams.microsoft.com, Teams apps, Manage apps, Org-wide app settings; docs/set-up-chat.md`,
    ),
    unknown(
      'Policies',
      "Azure Policy, deny assignments and locks aren't looked at",
      `Azure says itself, and makes nothing: ${command} -p @my.parameters.jsonc`,
    ),
  ];
}
