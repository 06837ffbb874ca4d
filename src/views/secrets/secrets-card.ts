/** The warning that Kluis's own secrets and certificates expire soon, or have expired. Pure. */
import { announcedDays, daysTo, type CredentialEnd } from '../../core/own-credential.ts';
import type { CardMessage } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';

/** One that expires within the announced days, or has expired. */
type EndingSecret = Extract<CredentialEnd, { endsAt: Date }>;

/** Those that have to be posted, the first to expire first. What couldn't be read isn't among them. */
export function endingSecrets(ends: readonly CredentialEnd[], now: Date): readonly EndingSecret[] {
  return ends
    .filter((one): one is EndingSecret => 'endsAt' in one && daysTo(one.endsAt, now) <= announcedDays)
    .sort((one, other) => one.endsAt.getTime() - other.endsAt.getTime());
}

const stages = [14, 7, 3, 2, 1, 0] as const;

/** How close the expiry of each is, in steps: a step is posted once. A renewed secret starts over. */
export function stagesOf(ending: readonly EndingSecret[], now: Date): Readonly<Record<string, string>> {
  const stage = (days: number) => (days < 0 ? 'over' : (stages.findLast((each) => days <= each) ?? announcedDays));
  return Object.fromEntries(
    ending.map(({ setting, endsAt }) => [setting, `${endsAt.toISOString()} ${stage(daysTo(endsAt, now))}`]),
  );
}

type Drawing = {
  readonly words: Words;
  /** At least one. */
  readonly ending: readonly [EndingSecret, ...EndingSecret[]];
  readonly now: Date;
};

/** The card: the nearest expiry in its title, and each one with its day. */
export function secretsCard({ words, ending, now }: Drawing): CardMessage {
  const { say } = words;
  const days = daysTo(ending[0].endsAt, now);
  const isOver = days < 0;
  const facts = ending.map(({ setting, endsAt }) => {
    const left = daysTo(endsAt, now);
    const day = words.date(endsAt);
    return {
      title: ownerOf(words, setting),
      value: left < 0 ? say('secrets.over', { day }) : say('secrets.left', { day, days: left }),
    };
  });
  const settings = ending.map(({ setting }) => ({ title: ownerOf(words, setting), value: setting }));
  return {
    template: 'sheet',
    data: {
      mark: isOver ? 'failed' : 'warn',
      title: isOver
        ? say('secrets.ended', { owner: ownerOf(words, ending[0].setting) })
        : say('secrets.ending', { count: ending.length, days }),
      why: say('secrets.why'),
      body: [
        { kind: 'facts', facts },
        { kind: 'text', text: say('secrets.renew') },
      ],
      details: [{ title: say('secrets.settings'), body: [{ kind: 'facts', facts: settings }] }],
    },
  };
}

const owners = [
  ['AZURE_', 'secrets.operating'],
  ['KLUIS_GRANT_', 'secrets.grant'],
  ['KLUIS_RESTORE_', 'secrets.restore'],
  ['KLUIS_SIGN_IN_', 'secrets.sign-in'],
] as const;

/** Who or what signs in with the credential of a setting. */
function ownerOf({ say }: Words, setting: string): string {
  const [, key] = owners.find(([prefix]) => setting.startsWith(prefix)) ?? ['', 'secrets.bot' as const];
  return say(key);
}
