import type { CardMessage } from '../../src/message/card-data.ts';
import type { Words } from '../../src/message/words.ts';
import type { ForecastRow } from '../../src/views/forecast/forecast-of.ts';
import { digestCard } from '../../src/views/digest/digest-card.ts';
import { monthOf } from '../support/books.ts';
import { secretsCard } from '../../src/views/secrets/secrets-card.ts';
import { dailyForecastCard } from '../../src/views/forecast/daily-card.ts';
import { newsOf } from '../../src/views/forecast/news.ts';
import { forecastView } from '../../src/views/forecast/forecast.ts';
import { cancel, dialog, press } from './mock-up-parts.ts';

/** Two VMs with the same name. */
export function choose(w: Words): CardMessage {
  const row = (group: string, state: string) => ({
    value: `${group}/vm-dup-01`,
    name: `${group}/vm-dup-01`,
    description: `West Europe · ${state}`,
  });
  return {
    template: 'choose',
    data: {
      mark: 'ask',
      title: w.say('find.several', { count: 2, name: 'vm-dup-01' }),
      id: 'vm',
      label: w.say('input.vm'),
      required: w.say('input.vm-required'),
      verb: 'dialog.submit',
      data: dialog,
      button: w.say('button.choose'),
      rows: [row('rg-app', w.say('find.row-not-protected')), row('rg-web', w.say('find.row-protected'))],
      more: [cancel(w)],
    },
  };
}

/** Twelve of them: a pick-list. */
export function chooseOfMany(w: Words): CardMessage {
  const message = choose(w) as Extract<CardMessage, { template: 'choose' }>;
  const rows = Array.from({ length: 12 }, (_, index) => ({
    value: `rg-${index}/vm`,
    name: `rg-${index}/vm`,
    description: 'West Europe',
  }));
  return { ...message, data: { ...message.data, rows } };
}

/** A refusal. */
export function notice(w: Words): CardMessage {
  return {
    template: 'notice',
    data: {
      mark: 'info',
      title: w.refusal({ refused: 'outdated-card', params: {} }),
      text: [w.say('refused.changed-since', { what: w.say('state.answered') })],
      buttons: [press(w.say('button.show-status'), 'dialog.show', { withInputs: false })],
    },
  };
}

const night = '2026-11-24T23:00:00.000Z';
const row = (name: string, over: Partial<ForecastRow> = {}): ForecastRow => ({
  name,
  group: 'rg-app',
  vault: 'rsv-prod-weu',
  next: night,
  afterClockChange: false,
  run: { state: 'clear', why: null },
  restore: { impossible: [], risks: [], unread: [], bringsKeys: false },
  ...over,
});
const found = (code: string, params: Record<string, string | readonly string[]> = {}) => ({
  finding: { code, params },
});
const fails = (name: string, keyVault: string) =>
  row(name, { run: { state: 'fails', why: found('rights.policies-missing', { keyVault, groups: 'both' }) } });

const rows = [
  ...['vm-web-01', 'vm-web-02', 'vm-web-03'].map((name) => fails(name, 'kv-web-weu')),
  row('vm-old-01', { run: { state: 'fails', why: { own: 'gone', about: 'vm-old-01' } } }),
  row('vm-app-07', {
    restore: {
      impossible: [],
      risks: [{ own: 'old-point', about: '2026-11-12T23:04:00.000Z', every: 'Daily' }],
      unread: [],
      bringsKeys: false,
    },
  }),
  row('vm-app-08', {
    run: {
      state: 'at-risk',
      why: found('kek-version.expires-soon', { key: 'kek-disks', keyVault: 'kv-prod-weu' }),
    },
  }),
  row('vm-app-09', { run: { state: 'unread', why: found('vm.unreadable') } }),
  row('vm-app-10'),
];

/** A daily forecast, posted late: one VM was announced two days ago, and another one's problem is solved. */
export function dailyForecast(w: Words): CardMessage {
  const before = newsOf({ rows: [rows[3]!, fails('vm-app-11', 'kv-app-weu')], unread: [] }, {}, '2026-11-22');
  const forecast = { rows, unread: [] };
  const news = newsOf(forecast, before.told, '2026-11-24');
  return dailyForecastCard({ words: w, forecast, news, readAt: now, due: new Date('2026-11-24T15:00:00Z') });
}

const now = new Date('2026-11-24T16:05:00Z');

/** A secret that expires in twelve days, and a certificate that expires later. */
export function secrets(w: Words): CardMessage {
  return secretsCard({
    words: w,
    ending: [
      { setting: 'AZURE_CLIENT_SECRET', endsAt: new Date('2026-12-06T23:00:00Z') },
      { setting: 'KLUIS_RESTORE_CLIENT_CERTIFICATE_PATH', endsAt: new Date('2026-12-20T09:00:00Z') },
    ],
    now,
  });
}

/** A digest of a month of nights, some with failures. */
export function digest(w: Words): CardMessage {
  const book = { good: [], failures: [], isCut: false, since: null, silent: [], ...monthOf(now) };
  return digestCard({
    words: w,
    digest: {
      vms: { protected: 41, stopped: 2, open: 10, unknown: 0 },
      forecast: { fails: 3, lost: 2, old: 0, risky: 1, unread: 0 },
      exposed: { vm: 'vm-hr-01', at: '2026-11-12T23:04:00.000Z' },
      without: ['vm-new-01'],
      book,
      waiting: { approvals: 2, reviews: 1 },
      unread: [],
    },
    readAt: now,
    due: null,
    more: [],
  });
}

/** A forecast with everything that it can say: what fails, what couldn't be restored, what may fail, what is unread. */
export function forecast(w: Words): CardMessage {
  const result = {
    asked: '',
    rows,
    ade: {
      days: 661,
      vms: ['Ana', 'Ana', null].map((owner, n) => ({ name: `vm-${n}`, group: 'rg-app', owner })),
      unknown: 0,
      unread: 0,
    },
    unread: [],
  };
  return forecastView.draw({
    words: w,
    result,
    looking: { page: 1, filter: '' },
    readAt: new Date('2026-11-24T02:15:00Z'),
    now: new Date('2026-11-24T02:15:00Z'),
    button: ({ title, verb }) => press(title, `dialog.${verb}`, { withInputs: false }),
    pages: () => [],
  });
}
