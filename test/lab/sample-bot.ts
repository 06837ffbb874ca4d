import { type Bot, cardMessage, type Connector } from './bench.ts';

/** A card like a real bot's: a verdict, facts, pick-lists, folded parts, buttons of each kind. */
export function readyCard(title = '✅ vm-sql-01 is ready to back up') {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: title,
    body: [
      { type: 'TextBlock', text: title, size: 'medium', weight: 'bolder', wrap: true, style: 'heading' },
      {
        type: 'TextBlock',
        text: 'rg-sql · West Europe · Windows, running',
        isSubtle: true,
        wrap: true,
        spacing: 'none',
      },
      {
        type: 'FactSet',
        facts: [
          { title: 'Disks', value: '2 of 2 encrypted inside the VM (Azure Disk Encryption)' },
          { title: 'Disk keys', value: 'Azure Backup can read and copy them from key vault **kv-prod-weu**' },
          { title: 'VM agent', value: 'ready' },
        ],
      },
      {
        type: 'Input.ChoiceSet',
        id: 'vault',
        label: 'Backups go to',
        style: 'filtered',
        value: 'prod',
        choices: [
          { title: 'rsv-prod-weu · copies in two regions, soft delete 14 days', value: 'prod' },
          { title: 'rsv-test-weu · copies in one region', value: 'test' },
        ],
      },
      {
        type: 'Input.ChoiceSet',
        id: 'policy',
        label: 'How often',
        value: 'default',
        choices: [
          { title: 'DefaultPolicy · every day 00:00 CET (23:00 UTC), kept 30 days', value: 'default' },
          { title: 'gold · every day, kept 90 days and 52 weeks', value: 'gold' },
        ],
      },
      { type: 'Input.Text', id: 'reason', label: 'Reason', placeholder: 'For the audit', maxLength: 100 },
      {
        type: 'ActionSet',
        actions: [
          {
            type: 'Action.Execute',
            title: 'Protect and back up now',
            verb: 'protect',
            style: 'positive',
            data: { dialog: 'd1' },
          },
          { type: 'Action.Execute', title: 'Protect only', verb: 'protect-only', data: { dialog: 'd1' } },
          { type: 'Action.Submit', title: 'Cancel', data: { cancel: true } },
        ],
      },
      {
        type: 'TextBlock',
        text: 'The first backup is kept 30 days. Nothing has been changed yet.',
        isSubtle: true,
        size: 'small',
        wrap: true,
      },
      {
        type: 'Container',
        id: 'checks',
        isVisible: false,
        style: 'emphasis',
        items: [{ type: 'TextBlock', text: '- power: running\n- agent: ready\n- locks: none', wrap: true }],
      },
    ],
    actions: [
      { type: 'Action.ToggleVisibility', title: 'All 16 checks', targetElements: ['checks'] },
      {
        type: 'Action.ShowCard',
        title: 'The exact commands',
        card: {
          type: 'AdaptiveCard',
          body: [
            {
              type: 'TextBlock',
              fontType: 'monospace',
              wrap: true,
              text: 'az backup protection enable-for-vm --vault-name rsv-prod-weu',
            },
          ],
        },
      },
      { type: 'Action.OpenUrl', title: 'Open the VM in Azure', url: 'https://portal.azure.com/#vm' },
    ],
  };
}

/** A card that is edited while something runs. */
export function progressCard(minutes: number) {
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      {
        type: 'TextBlock',
        text: `⏳ Backing up vm-sql-01 · ${minutes} min`,
        size: 'medium',
        weight: 'bolder',
        wrap: true,
      },
      {
        type: 'TextBlock',
        text: 'to rsv-prod-weu · started by <at>Ana de Vries</at>',
        isSubtle: true,
        wrap: true,
        spacing: 'none',
      },
      {
        type: 'FactSet',
        facts: [
          { title: '✓ Protection', value: '03:15, took 40 s' },
          { title: '● Snapshot', value: 'since 03:16' },
          { title: '○ Copy', value: "Azure doesn't report a percentage" },
        ],
      },
      { type: 'Input.Text', id: 'note', label: 'Note for the log' },
    ],
    actions: [{ type: 'Action.Execute', title: 'Cancel this backup', verb: 'cancel', style: 'destructive' }],
    msteams: {
      entities: [{ type: 'mention', text: '<at>Ana de Vries</at>', mentioned: { id: '29:ana', name: 'Ana de Vries' } }],
    },
  };
}

const answer = (type: string, value: unknown) => ({
  body: { statusCode: 200, type: `application/vnd.microsoft.${type}`, value },
});

/** A bot that answers every message with a card and every button in its own way. */
export const sampleBot: Bot = async (activity, connector) => {
  const path = `v3/conversations/${encodeURIComponent(activity.conversation.id)}/activities`;
  if (activity.name === 'application/search') return search(activity.value as { queryText: string });
  if (activity.type === 'invoke') return press(activity.value as { action: { verb: string } }, { path, connector });
  if (activity.type !== 'message') return undefined;
  if (activity.value)
    await connector('PUT', `${path}/${activity.replyToId}`, {
      type: 'message',
      text: 'Cancelled. **Nothing** changed.',
    });
  else await connector('POST', path, cardMessage(readyCard()));
  return undefined;
};

async function press({ action }: { action: { verb: string } }, to: { path: string; connector: Connector }) {
  if (action.verb === 'protect-only') return answer('activity.message', 'Ben is already at it.');
  if (action.verb === 'cancel')
    return {
      body: {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'late', message: 'Too late to cancel.' },
      },
    };
  const sent = await to.connector('POST', to.path, cardMessage(progressCard(1)));
  if (sent.status !== 201) return { status: 500 };
  return answer('card.adaptive', {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'TextBlock', text: '✅ Started. Nothing more to do here.', wrap: true }],
  });
}

function search({ queryText }: { queryText: string }) {
  const names = ['vm-sql-01', 'vm-web-01', 'vm-web-02'].filter((name) => name.includes(queryText));
  return answer('search.searchResponse', { results: names.map((name) => ({ title: name, value: `/vm/${name}` })) });
}
