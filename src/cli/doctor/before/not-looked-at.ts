import { unknown, type Finding } from '../finding.ts';

/** What neither Azure nor Graph tells before a deployment, or isn't asked, and where it can be seen. */
export function notLookedAt(region: string | null): readonly Finding[] {
  const where = region ?? '<region>';
  return [
    unknown(
      'Teams',
      'whether Teams lets custom apps in: neither Azure nor Graph says',
      'Look at admin.teams.microsoft.com, Teams apps, Manage apps, Org-wide app settings, and Setup policies; docs/teams-administrator.md',
    ),
    unknown(
      'Policies',
      "Azure Policy, deny assignments and locks aren't looked at",
      `Azure says itself, and makes nothing: az deployment sub what-if -l ${where} -n kluis -f deploy/azuredeploy.json -p @my.parameters.jsonc`,
    ),
  ];
}
