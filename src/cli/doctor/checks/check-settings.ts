import type { Env } from '../../../config/settings/environment.ts';
import { readSettings, type Settings } from '../../../config/settings.ts';
import { ok, problem, warning, type Finding } from '../finding.ts';

const about = 'Settings';
const oldestNode = [22, 18] as const;

/** Checks the environment. `settings` is null if it can't be used; every reason is among the findings. */
export function checkSettings(env: Env): { readonly settings: Settings | null; readonly findings: readonly Finding[] } {
  const read = readSettings(env);
  if ('problems' in read) {
    const findings = read.problems.map(({ subject, wrong, remedy }) => problem(about, `${subject}: ${wrong}`, remedy));
    return { settings: null, findings };
  }
  const { settings } = read;
  return {
    settings,
    findings: [ok(about, summaryOf(settings)), ...chatFindings(settings), ...separateFindings(settings)],
  };
}

/** Whether the product runs on this version of Node. */
export function checkNode(version = process.versions.node): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  if (isOld)
    return problem('Node', `${version} is too old`, 'Start it with npm, which uses the Node that npm ci brought');
  return ok('Node', version);
}

function summaryOf({ azure, databaseUrl, dataDir, host, port, ...settings }: Settings): string {
  const chat = [settings.teams && 'Teams', settings.slack && 'Slack'].filter(Boolean).join(' and ');
  const parts = [
    chat || 'no chat platform: only the chat page on this machine',
    azure.mode === 'azure' ? `Azure (${azure.subscriptionIds.length} subscriptions)` : 'the simulated Azure',
    databaseUrl === null ? `the embedded database in ${dataDir}` : 'PostgreSQL',
    `listens on ${host}:${port}`,
  ];
  return parts.join('; ');
}

function chatFindings({ platformConfigured, azure, slack, signIn }: Settings): readonly Finding[] {
  const unlinked =
    slack && !signIn
      ? [
          warning(
            about,
            'nobody in Slack can link their account by signing in, so only kluis.yaml says who is who',
            'Set KLUIS_PUBLIC_URL, KLUIS_SIGN_IN_CLIENT_ID and KLUIS_SIGN_IN_CLIENT_SECRET',
          ),
        ]
      : [];
  const simulated =
    platformConfigured && azure.mode === 'simulator'
      ? [
          warning(
            about,
            'people in a real chat see a simulated Azure',
            'Set KLUIS_AZURE=azure when you have tried it out',
          ),
        ]
      : [];
  return [...simulated, ...unlinked];
}

function separateFindings({ grant, restore }: Settings): readonly Finding[] {
  const noGrants = 'no grant identity: cards show the commands for key vault access instead of a button';
  const noRestores = 'no restore identity: nothing can be restored from here';
  return [...(grant === null ? [ok(about, noGrants)] : []), ...(restore === null ? [ok(about, noRestores)] : [])];
}
