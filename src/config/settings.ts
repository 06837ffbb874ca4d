import type { OwnCredential } from '../core/own-credential.ts';
import type { Release } from '../core/release.ts';
import { nearestWord } from './nearest-word.ts';
import type { Problem } from './problem.ts';
import { azureNames, type AzureSetting, readAzure } from './settings/azure-settings.ts';
import { alertNames, readAlertWebhook, type AlertWebhookSetting } from './settings/alert-settings.ts';
import { readCredentials } from './settings/credential-settings.ts';
import { databaseNames, readDatabase, type DatabaseSetting } from './settings/database-settings.ts';
import {
  type Env,
  numberSetting,
  type Reading,
  readingOf,
  switchSetting,
  wordSetting,
} from './settings/environment.ts';
import { isLoopback } from './settings/loopback.ts';
import { checkOutbound, outboundNames } from './settings/outbound-settings.ts';
import {
  readSeparateIdentities,
  type SeparateIdentities,
  separateIdentityNames,
} from './settings/separate-identities.ts';
import { readSignIn, signInNames, type SignInSetting } from './settings/sign-in-settings.ts';
import { readRelease, releaseNames } from './settings/release-setting.ts';
import { readSlack, slackNames, type SlackSetting } from './settings/slack-settings.ts';
import { readPublicUrl } from './settings/public-url.ts';
import { readTeams, teamsNames, type TeamsSetting } from './settings/teams-settings.ts';

/** The log levels. */
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

/** Everything that is read from the environment, valid as a whole. It contains secrets: it is never logged. */
export type Settings = SeparateIdentities &
  DatabaseSetting & {
    readonly release: Release;
    /** Whether Teams or Slack is configured. While neither is, everything stays on this machine. */
    readonly platformConfigured: boolean;
    readonly host: string;
    /** 0 picks a free port. */
    readonly port: number;
    /** The port of their own for `/metrics` and `/readyz?full`; null: they are on `port`. */
    readonly monitoringPort: number | null;
    readonly teams: TeamsSetting | null;
    readonly slack: SlackSetting | null;
    readonly azure: AzureSetting;
    readonly signIn: SignInSetting | null;
    /** The credentials with which Kluis authenticates and that expire. */
    readonly credentials: readonly OwnCredential[];
    /** How alerts of Azure Monitor authenticate; null: they aren't accepted. */
    readonly alertWebhook: AlertWebhookSetting | null;
    /** Whether everything can be viewed and nothing started. */
    readonly readOnly: boolean;
    /** For how many days finished dialogs, messages and operations are kept. */
    readonly keepDays: number;
    /** For how many seconds it keeps answering after SIGTERM, while probes hear that it isn't ready. */
    readonly drainSeconds: number;
    readonly configPath: string;
    /** Whether the path was set: then the file must exist; otherwise the embedded defaults apply. */
    readonly configPathGiven: boolean;
    readonly simulator: { readonly port: number; readonly speed: number };
    /** The URL of the OpenTelemetry collector for traces; null: there are none. */
    readonly tracesTo: string | null;
    readonly logLevel: LogLevel;
  };

/** Where OpenTelemetry's SDK sends traces; it reads its other variables by itself. */
const tracingNames = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

/** Every setting by name; a test compares the table in docs/settings.md with it. */
export const settingNames = [
  'PORT',
  'HOST',
  'KLUIS_MONITORING_PORT',
  ...teamsNames,
  ...slackNames,
  ...signInNames,
  ...alertNames,
  'KLUIS_READ_ONLY',
  ...azureNames,
  ...separateIdentityNames,
  ...databaseNames,
  'KLUIS_KEEP_DAYS',
  'KLUIS_DRAIN_SECONDS',
  'KLUIS_CONFIG',
  ...outboundNames,
  'KLUIS_SIM_PORT',
  'KLUIS_SIM_SPEED',
  ...tracingNames,
  ...releaseNames,
  'LOG_LEVEL',
] as const;

/** Reads the environment: either every setting, valid, or every problem at once. No problem repeats a secret value. */
export function readSettings(env: Env): { readonly settings: Settings } | { readonly problems: readonly Problem[] } {
  const reading = readingOf(env);
  const settings = everySetting(reading, isPlatformNamed(reading));
  checkOutbound(reading);
  complainOfMisspelt(reading, Object.keys(env));
  return reading.problems.length > 0 ? { problems: reading.problems } : { settings };
}

function everySetting(reading: Reading, platformConfigured: boolean): Settings {
  const azure = readAzure(reading, platformConfigured);
  const publicUrl = readPublicUrl(reading);
  return {
    release: readRelease(reading),
    platformConfigured,
    host: readHost(reading, platformConfigured),
    ...readPorts(reading),
    teams: readTeams(reading),
    slack: readSlack(reading, publicUrl),
    azure,
    ...readSeparateIdentities(reading, azure),
    signIn: readSignIn(reading, azure, publicUrl),
    credentials: readCredentials(reading),
    alertWebhook: readAlertWebhook(reading, azure),
    readOnly: switchSetting(reading, 'KLUIS_READ_ONLY'),
    ...readDatabase(reading, azure),
    keepDays: numberSetting(reading, 'KLUIS_KEEP_DAYS', { from: 7, to: 3650, otherwise: 90 }),
    drainSeconds: numberSetting(reading, 'KLUIS_DRAIN_SECONDS', { from: 0, to: 60, otherwise: 0 }),
    configPath: reading.text('KLUIS_CONFIG') ?? 'kluis.yaml',
    configPathGiven: reading.text('KLUIS_CONFIG') !== null,
    simulator: {
      port: numberSetting(reading, 'KLUIS_SIM_PORT', { from: 1, to: 65_535, otherwise: 4280 }),
      speed: numberSetting(reading, 'KLUIS_SIM_SPEED', { from: 1, to: 100_000, otherwise: 60 }),
    },
    tracesTo: readTracesTo(reading),
    // On the chat page a person reads the console, and no collector.
    logLevel: wordSetting(reading, 'LOG_LEVEL', logLevels) ?? (platformConfigured ? 'info' : 'warn'),
  };
}

// A half-configured platform counts as one: its own problems are reported, and none that would follow from its absence.
function isPlatformNamed(reading: Reading): boolean {
  return [...teamsNames, ...slackNames].some((name) => reading.text(name) !== null);
}

function readHost(reading: Reading, platformConfigured: boolean): string {
  const host = reading.text('HOST');
  if (host === null) return platformConfigured ? '0.0.0.0' : '127.0.0.1';
  if (/[\s/@]|:\/\//.test(host))
    reading.complain('HOST', 'it is not a host name or an address', 'Set the address to listen on, such as 127.0.0.1');
  else if (!platformConfigured && !isLoopback(host))
    reading.complain(
      'HOST',
      'no chat platform is configured, so nobody can prove who is calling, and Kluis listens on this machine only',
      'Unset it or set 127.0.0.1, or configure Teams or Slack',
    );
  return host;
}

function readPorts(reading: Reading): Pick<Settings, 'port' | 'monitoringPort'> {
  const port = numberSetting(reading, 'PORT', { from: 0, to: 65_535, otherwise: 3978 });
  const name = 'KLUIS_MONITORING_PORT';
  const monitoringPort = numberSetting(reading, name, { from: 1, to: 65_535, otherwise: 0 }) || null;
  if (monitoringPort === port)
    reading.complain(name, 'it is the port that everything else is on', 'Set another port than PORT, or unset it');
  return { port, monitoringPort };
}

// The SDK reads the URL itself, and reports an invalid one only in its own log. The two switches aren't read by the SDK
// when it is set up in code, as here (OpenTelemetry's specification, "Environment variables": case doesn't matter).
function readTracesTo(reading: Reading): string | null {
  const says = (name: string, word: string) => reading.text(name)?.toLowerCase() === word;
  if (says('OTEL_SDK_DISABLED', 'true') || says('OTEL_TRACES_EXPORTER', 'none')) return null;
  for (const name of tracingNames) {
    const text = reading.text(name);
    if (text === null) continue;
    if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text;
    reading.complain(
      name,
      'it is not an http or https address',
      'Set http://collector.contoso.example:4318, or unset it',
    );
  }
  return null;
}

// A misspelt setting would be ignored silently; other products' settings are none of our business.
function complainOfMisspelt(reading: Reading, names: readonly string[]): void {
  const ours = settingNames.filter((name) => ownPrefix.test(name));
  for (const name of names) {
    if (!ownPrefix.test(name) || ours.some((known) => known === name)) continue;
    const meant = nearestWord(name, ours, 2);
    if (meant !== null) reading.complain(name.slice(0, 60), 'there is no such setting', `Did you mean ${meant}?`);
  }
}

const ownPrefix = /^(kluis_|microsoftapp)/i;
