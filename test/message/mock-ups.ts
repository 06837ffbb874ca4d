import { joined } from '../../src/message/choices.ts';
import type { CardMessage, RenderContext } from '../../src/message/card-data.ts';
import { policyLine } from '../../src/message/policy-words.ts';
import { vaultLine } from '../../src/message/vault-words.ts';
import { words, type Words } from '../../src/message/words.ts';

import { alertMockUps } from '../support/cards/alert-kinds.ts';
import { keysWaiting } from '../support/cards/key-kinds.ts';
import {
  drillNotes,
  drillsCard,
  held,
  leftoversCard,
  ofRestore,
  revoked,
  someLeft,
} from '../support/cards/request-kinds.ts';
import { restoreRunning, vmFailed, vmMade } from '../support/cards/restore-end-kinds.ts';
import { forVm, machine, restoring } from '../support/cards/restore-kinds.ts';
import { cancel, dialog, press, startedBy } from './mock-up-parts.ts';
import { choose, chooseOfMany, dailyForecast, digest, forecast, notice, secrets } from './other-mock-ups.ts';

type PolicyToSay = Parameters<typeof policyLine>[1];

const now = new Date('2026-11-24T02:19:00Z');
const operation = { operation: '0f5a3f8e-5d1b-4f9e-9a0e-6a3f9f1d2b7c' };
const portal = 'https://portal.azure.com/#@contoso/resource/subscriptions/00000000-0000-0000-0000-00000000c0de';
const daily: PolicyToSay = {
  name: 'DefaultPolicy',
  timeZone: 'UTC',
  schedule: { frequency: 'Daily', times: ['23:00'] },
  daily: { count: 30, unit: 'Days' },
  weekly: null,
  monthly: null,
  yearly: null,
  crashConsistentOnly: false,
};
const gold: PolicyToSay = {
  ...daily,
  name: 'gold',
  daily: { count: 90, unit: 'Days' },
  weekly: { count: 52, unit: 'Weeks' },
};
const prod = {
  name: 'rsv-prod-weu',
  redundancy: 'GeoRedundant',
  softDeleteDays: 14,
  immutability: null,
  multiUserAuthorization: false,
};
const test = { ...prod, name: 'rsv-test-weu', redundancy: 'LocallyRedundant' };

function ready(w: Words): CardMessage {
  const en = w.context.locale === 'en';
  return {
    template: 'sheet',
    data: {
      mark: 'ok',
      title: w.say('ready.title', { vm: 'vm-sql-01' }),
      subtitle: `rg-sql · West Europe · Windows, ${w.say('vm.running')}`,
      body: [
        {
          kind: 'facts',
          facts: en
            ? [
                { title: 'Disks', value: '2 of 2 encrypted inside the VM (Azure Disk Encryption)' },
                { title: 'Disk keys', value: 'Azure Backup can read and copy them from key vault kv-prod-weu' },
                { title: 'VM agent', value: 'ready' },
                { title: 'Size', value: '2 disks, the largest 127 GB: within the limits' },
              ]
            : [
                { title: 'Schijven', value: '2 van 2 versleuteld binnen de VM (Azure Disk Encryption)' },
                {
                  title: 'Schijfsleutels',
                  value: 'Azure Backup kan ze lezen en kopiëren uit sleutelkluis kv-prod-weu',
                },
                { title: 'VM-agent', value: 'gereed' },
                { title: 'Omvang', value: '2 schijven, de grootste 127 GB: binnen de grenzen' },
              ],
        },
      ],
      inputs: [
        {
          kind: 'pick',
          id: 'vault',
          label: w.say('input.vault'),
          required: w.say('input.vault-required'),
          choices: [
            { title: vaultLine(w, prod), value: 'rsv-prod-weu' },
            { title: vaultLine(w, test), value: 'rsv-test-weu' },
          ],
          value: 'rsv-prod-weu',
        },
        {
          kind: 'pick',
          id: 'policy',
          label: w.say('input.policy'),
          required: w.say('input.policy-required'),
          choices: [
            { title: policyLine(w, daily, now), value: 'DefaultPolicy' },
            { title: policyLine(w, gold, now), value: 'gold' },
          ],
          value: 'DefaultPolicy',
        },
      ],
      buttons: [
        press(w.say('button.protect+back-up-now'), 'dialog.submit', { style: 'positive' }),
        press(w.say('button.protect'), 'dialog.submit', { data: { ...dialog, go: 'protect' } }),
        cancel(w),
      ],
      line: [w.say('ready.after', { retention: 30 }), w.say('no-approval'), w.say('nothing-changed')].join(' '),
      details: [
        {
          title: w.say('fold.checks', { count: 16 }),
          body: [
            {
              kind: 'steps',
              steps: [
                { state: 'done', text: en ? 'Disk keys' : 'Schijfsleutels', note: 'kv-prod-weu' },
                { state: 'unknown', text: en ? 'Locks' : 'Vergrendelingen', note: 'AzureBackupRG_westeurope_1' },
              ],
            },
          ],
        },
        {
          title: w.say('fold.commands'),
          body: [
            {
              kind: 'code',
              caption: w.say('access.command-note'),
              lines: [
                'az backup protection enable-for-vm --resource-group rg-backup --vault-name rsv-prod-weu --vm /subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-sql/providers/Microsoft.Compute/virtualMachines/vm-sql-01 --policy-name DefaultPolicy',
                "az backup protection backup-now --resource-group rg-backup --vault-name rsv-prod-weu --container-name 'IaasVMContainer;iaasvmcontainerv2;rg-sql;vm-sql-01' --item-name 'VM;iaasvmcontainerv2;rg-sql;vm-sql-01' --backup-management-type AzureIaasVM --retain-until 24-12-2026",
              ],
            },
          ],
        },
      ],
      links: [{ title: w.say('link.vm'), url: `${portal}/resourceGroups/rg-sql` }],
    },
  };
}

function accessMissing(w: Words): CardMessage {
  return {
    template: 'sheet',
    data: {
      mark: 'key',
      title: w.say('access.title-copy', { vm: 'vm-web-01' }),
      subtitle: `rg-web · West Europe · Linux, ${w.say('vm.running')}`,
      body: [
        { kind: 'text', text: w.say('access.why-copy', { keyVault: 'kv-web-weu' }) },
        {
          kind: 'facts',
          facts: [
            {
              title: w.say('fact.missing'),
              value: w.say('access.has', {
                missing: w.say('access.missing-keys', { rights: 'backup' }),
                present: 'get, list',
              }),
            },
            {
              title: w.say('fact.missing'),
              value: w.say('access.has', {
                missing: w.say('access.missing-secrets', { rights: 'backup' }),
                present: 'get, list',
              }),
            },
          ],
        },
        {
          kind: 'text',
          text: w.say('effect.grant-policies', {
            keyVaults: 'kv-web-weu',
            rights: w.say('access.missing-secrets', { rights: 'backup' }),
            vms: 'vm-web-02',
          }),
        },
      ],
      buttons: [
        press(w.say('button.grant-key-vault-access+protect+back-up-now'), 'dialog.submit', { style: 'positive' }),
        press(w.say('button.grant-key-vault-access'), 'dialog.submit', {
          data: { ...dialog, go: 'grant-key-vault-access' },
        }),
        cancel(w),
      ],
      line: w.say('needs-approval'),
      details: [
        {
          title: w.say('fold.plan'),
          body: [
            {
              kind: 'list',
              ordered: true,
              items: [
                {
                  text: w.say('plan.grant-policies', {
                    keyVault: 'kv-web-weu',
                    count: 2,
                    rights: [
                      w.say('plan.rights-keys', { rights: 'backup' }),
                      w.say('plan.rights-secrets', { rights: 'backup' }),
                    ],
                  }),
                },
                { text: w.say('plan.grant-wait', { minutes: 5 }) },
                { text: w.say('plan.protect', { vm: 'vm-web-01', vault: 'rsv-prod-weu', policy: 'DefaultPolicy' }) },
                { text: w.say('plan.back-up', { vm: 'vm-web-01', until: w.date(new Date('2026-12-24')) }) },
                { text: w.say('plan.verify') },
              ],
            },
          ],
        },
        {
          title: w.say('fold.by-hand', { count: 2 }),
          body: [
            {
              kind: 'code',
              lines: [
                `az rest --method put --url "https://management.azure.com/subscriptions/00000000-0000-0000-0000-00000000c0de/resourceGroups/rg-security/providers/Microsoft.KeyVault/vaults/kv-web-weu/accessPolicies/add?api-version=2026-02-01" --body '{"properties":{"accessPolicies":[{"tenantId":"00000000-0000-0000-0000-0000007e4a47","objectId":"00000000-0000-0000-0000-00000000bac0","permissions":{"keys":["get","list","backup"],"secrets":["get","list","backup"]}}]}}'`,
              ],
            },
          ],
        },
      ],
      links: [
        {
          title: w.say('link.key-vault-named', { keyVault: 'kv-web-weu' }),
          url: `${portal}/resourceGroups/rg-security`,
        },
      ],
    },
  };
}

function blocked(w: Words): CardMessage {
  const why =
    w.context.locale === 'en'
      ? 'The key that unlocks its disks (BEK, BitLocker key) is in key vault kv-prod-weu, not encrypted with a second key (KEK, key encryption key). Your rule encryption.requireKek asks for both.'
      : 'De sleutel die de schijven ontgrendelt (BEK, BitLocker-sleutel) staat in sleutelkluis kv-prod-weu, niet versleuteld met een tweede sleutel (KEK). Jullie regel encryption.requireKek vraagt om beide.';
  return {
    template: 'sheet',
    data: {
      mark: 'block',
      title: w.say('blocked.title-rule', { vm: 'vm-bek-01' }),
      subtitle: `rg-hr · West Europe · Windows, ${w.say('vm.running')}`,
      body: [
        { kind: 'text', text: why },
        {
          kind: 'list',
          ordered: true,
          heading: w.say('rule.ways'),
          items: [
            { text: w.say('rule.way-exception'), note: w.say('rule.way-exception-note') },
            { text: w.say('rule.way-change'), note: w.say('rule.way-change-note') },
            { text: w.say('rule.way-kek'), note: w.say('rule.way-kek-note') },
          ],
        },
      ],
      buttons: [
        press(w.say('button.check-again'), 'dialog.look', { withInputs: false }),
        press(w.say('button.close'), 'dialog.cancel', { withInputs: false }),
      ],
      line: w.say('rule.no-decrypt'),
      links: [{ title: w.say('link.vm'), url: `${portal}/resourceGroups/rg-hr` }],
    },
  };
}

function progress(w: Words): CardMessage {
  const began = new Date('2026-11-24T02:15:00Z');
  return {
    template: 'sheet',
    data: {
      mark: 'busy',
      title: `${w.say('progress.now-back-up', { vm: 'vm-sql-01' })} · ${w.duration(4 * 60_000)}`,
      subtitle: `rsv-prod-weu · ${w.say('started.by', { who: 'Ana de Vries', at: w.time(began) })}`,
      body: [
        {
          kind: 'steps',
          steps: [
            {
              state: 'done',
              text: w.say('phase.protect'),
              note: w.say('note.took', { at: w.time(began), took: w.duration(40_000) }),
            },
            {
              state: 'now',
              text: w.say('phase.snapshot'),
              note: w.say('note.since', { at: w.time(new Date('2026-11-24T02:16:00Z')) }),
            },
            { state: 'next', text: w.say('phase.copy'), note: w.say('note.no-percentage') },
          ],
        },
        { kind: 'text', text: w.say('progress.first') },
        { kind: 'text', text: w.say('progress.leave') },
      ],
      buttons: [press(w.say('button.cancel-backup'), 'operation.cancel', { data: operation, style: 'destructive' })],
      line: w.say('progress.cancel-while'),
      links: [{ title: w.say('link.job'), url: `${portal}/job` }],
      footer: w.say('progress.footer-job', { at: w.time(now), job: '8eece52b' }),
    },
  };
}

function succeeded(w: Words): CardMessage {
  const point = new Date('2026-11-24T02:16:00Z');
  return {
    template: 'sheet',
    data: {
      mark: 'ok',
      title: w.say('closing.backed-up', { vm: 'vm-sql-01', took: w.duration(49 * 60_000) }),
      body: [
        {
          kind: 'facts',
          facts: [
            {
              title: w.say('closing.point'),
              value: w.say('closing.point-value', {
                at: w.dateTime(point),
                consistency: w.say('consistency.application'),
              }),
            },
            {
              title: w.say('closing.where'),
              value: 'rsv-prod-weu',
            },
            { title: w.say('closing.keys'), value: w.say('closing.keys-with-disks') },
            { title: w.say('closing.kept'), value: w.date(new Date('2026-12-24T02:16:00Z')) },
            {
              title: w.say('closing.next'),
              value: w.say('closing.next-value', {
                at: w.dateTime(new Date('2026-11-24T23:00:00Z')),
                policy: 'DefaultPolicy',
              }),
            },
          ],
        },
      ],
      links: [{ title: w.say('link.job'), url: `${portal}/job` }],
      footer: startedBy(w, '8eece52b'),
    },
  };
}

function failed(w: Words): CardMessage {
  const en = w.context.locale === 'en';
  return {
    template: 'sheet',
    data: {
      mark: 'failed',
      title: w.say('failed.backup', {
        vm: 'vm-app-02',
        cause: en ? 'Azure Backup has no access to its disk keys' : 'Azure Backup kan niet bij de schijfsleutels',
      }),
      body: [
        {
          kind: 'facts',
          facts: [
            {
              title: w.say('fact.last-good'),
              value: w.say('value.last-good-points', {
                at: new Date('2026-11-21T23:04:00Z'),
                ago: w.duration(2 * 86_400_000),
                points: 14,
              }),
            },
            {
              title: w.say('failed.why'),
              value: en
                ? 'The VM was encrypted after that. Key vault kv-web-weu gives Azure Backup no rights.'
                : 'De VM is daarna versleuteld. Sleutelkluis kv-web-weu geeft Azure Backup geen rechten.',
            },
            { title: w.say('failed.azure-says'), value: 'UserErrorKeyVaultPermissionsNotConfigured' },
          ],
        },
      ],
      buttons: [
        press(w.say('button.grant-key-vault-access+back-up-now'), 'operation.fix', {
          data: operation,
          style: 'positive',
        }),
      ],
      line: joined([
        [w.say('needs-approval'), w.say('failed.tonight', { at: w.time(new Date('2026-11-24T23:00:00Z')) })].join(' '),
        w.say('attempts', { used: 1 }),
      ]),
      details: [
        {
          title: w.say('fold.by-hand', { count: 1 }),
          body: [{ kind: 'code', lines: ['az keyvault show --name kv-web-weu'] }],
        },
        {
          title: w.say('fold.other-fixes'),
          body: [
            {
              kind: 'list',
              items: [
                { text: en ? 'The key was made from a certificate.' : 'De sleutel is gemaakt uit een certificaat.' },
                { text: en ? 'The firewall blocks Azure Backup.' : 'De firewall blokkeert Azure Backup.' },
              ],
            },
          ],
        },
      ],
      links: [{ title: w.say('link.job'), url: `${portal}/job` }],
      footer: startedBy(w, '3373dbb0'),
    },
  };
}

function help(w: Words): CardMessage {
  const vm = w.say('help.vm-name');
  return {
    template: 'sheet',
    data: {
      mark: 'info',
      title: w.say('help.title'),
      subtitle: w.say('help.may', { what: [w.say('help.can-look'), w.say('help.can-back-up')] }),
      body: [
        {
          kind: 'list',
          items: [
            { text: `/backup ${vm}`, note: w.say('help.backup') },
            { text: `/backup now ${vm}`, note: w.say('help.now') },
            { text: `/backup status ${vm}`, note: w.say('help.status') },
            { text: '/backup jobs', note: w.say('help.jobs') },
            { text: `/backup cancel ${vm}`, note: w.say('help.cancel') },
          ],
        },
        { kind: 'text', text: w.say('help.same-name') },
        { kind: 'text', text: w.say('help.slack-thread') },
        {
          kind: 'facts',
          facts: [
            { title: w.say('help.word-key-vault'), value: w.say('help.word-key-vault-text') },
            { title: w.say('help.word-vault'), value: w.say('help.word-vault-text') },
            { title: w.say('help.word-kek'), value: w.say('help.word-kek-text') },
            { title: w.say('help.word-point'), value: w.say('help.word-point-text') },
          ],
        },
      ],
      details: [
        {
          title: w.say('help.commands'),
          body: [{ kind: 'list', items: [{ text: '/backup vaults', note: w.say('help.vaults') }] }],
        },
      ],
      links: [
        {
          title: w.say('link.without-the-bot'),
          url: 'https://portal.azure.com/#browse/Microsoft.RecoveryServices%2FVaults',
        },
      ],
    },
  };
}

const allowed = { standing: 'holds', until: now.toISOString(), by: 'Ben Okafor' };
const makers = {
  ready,
  accessMissing,
  blocked,
  progress,
  succeeded,
  failed,
  help,
  choose,
  chooseOfMany,
  notice,
  forecast,
  dailyForecast,
  digest,
  secrets,
  drillsAsk: ({ context }: Words) => drillsCard({})(context),
  drillsAllowed: ({ context }: Words) => drillsCard(allowed)(context),
  leftovers: ({ context }: Words) => leftoversCard(someLeft)(context),
  ...drillNotes,
  ...alertMockUps,
  restoreSure: ({ context }: Words) => restoring(context, 'go', { ...forVm, machine }),
  restoreRunning: ({ context }: Words) => restoreRunning(context),
  keysWaiting: ({ context }: Words) => keysWaiting(context),
  vmMade: ({ context }: Words) => vmMade(context),
  vmFailed: ({ context }: Words) => vmFailed(context),
  requestPending: ({ context }: Words) => ofRestore({})(context),
  requestHeld: ({ context }: Words) => ofRestore(held, { isOwn: true })(context),
  requestSuperseded: ({ context }: Words) => ofRestore({ state: 'superseded' }, { isOwn: true })(context),
  requestExpired: ({ context }: Words) => ofRestore({ state: 'expired' }, { isOwn: true })(context),
  requestWithdrawn: ({ context }: Words) => ofRestore({ state: 'withdrawn' })(context),
  requestRevoked: ({ context }: Words) => ofRestore(revoked, { isOwn: true })(context),
};

/** The cards of the operator's guide, and one of each other template, in a language and time zone. */
export const mockUpNames = Object.keys(makers) as (keyof typeof makers)[];

/** One of them as a message. */
export function mockUp(name: keyof typeof makers, context: RenderContext): CardMessage {
  return makers[name](words(context));
}
