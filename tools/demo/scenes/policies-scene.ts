import type { DemoContext } from './demo-context.ts';

const vault = 'rsv-prod-weu';

/** A new policy by a form that is filled in wrongly first, and a change that keeps backups for less time. */
export async function policiesScene(demo: DemoContext): Promise<void> {
  await made(demo);
  await changed(demo);
}

async function made({ ana, words, checks, azure, told }: DemoContext): Promise<void> {
  const { say } = words;
  const policy = 'silver-30';
  const goOn = say('button.continue');
  const form = {
    [say('policy-field.name')]: policy,
    [say('policy-field.kind')]: say('policy-kind.enhanced'),
    [say('policy-field.often')]: say('policy-often.hourly', { hours: 6 }),
  };
  const kept = { [say('policy-field.daily')]: '30', [say('policy-field.monthly')]: '6' };
  await ana.says('/backup policy new');
  checks.card(await ana.settled(), { title: say('policy-form.new', { vault }) });
  await ana.presses(goOn, { filled: form });
  await ana.shows(say('button.back'));
  await ana.presses(goOn, { filled: { ...kept, [say('policy-field.daily')]: '3' } });
  await ana.learns(say('policy-wrong.range', { min: '7', max: '9999' }));
  await ana.presses(goOn, { filled: kept });
  checks.card(await ana.settled(), {
    title: say('policy-card.new', { policy, vault }),
    says: [say('policy-kind.enhanced').split(':')[0] ?? '', say('policy-card.protects-nothing')],
  });
  await ana.presses(say('button.create-policy'));
  checks.card(await ana.settled(), { title: say('closing.policy-created', { policy, vault }) });
  await ana.hears(say('ping.policy-created', { policy }));
  const { policies } = await azure.estate();
  checks.fact(
    policies.some(({ name }) => name === policy),
    told.policyThere(policy),
  );
}

async function changed({ ana, words, checks }: DemoContext): Promise<void> {
  const { say } = words;
  const policy = 'gold';
  await ana.says(`/backup policy change ${vault}/${policy}`);
  checks.card(await ana.settled(), { title: say('policy-form.change', { policy, vault }) });
  await ana.presses(say('button.continue'));
  await ana.shows(say('button.back'));
  await ana.presses(say('button.continue'), {
    filled: { [say('policy-field.daily')]: '30', [say('policy-field.weekly')]: '104' },
  });
  const days = (count: number) => say('policy.kept-days', { count });
  checks.card(await ana.settled(), {
    title: say('policy-card.change', { policy, vault }),
    says: [say('policy-value.change', { before: days(90), after: days(30) }), say('policy-card.rest-stays')],
  });
  await ana.presses(say('button.change-policy'));
  checks.card(await ana.settled(), { title: say('closing.policy-changed', { policy, vault }) });
  await ana.hears(say('ping.policy-changed', { policy }));
}
