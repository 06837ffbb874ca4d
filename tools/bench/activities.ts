/** Activities as Teams sends them, each in its own thread. */

/** Where an activity comes from. `thread` makes a conversation of its own. */
type Said = { readonly serviceUrl: string; readonly thread: string; readonly text: string };

const channel = '19:bench@thread.tacv2';

/** The platform's ID of the conversation. */
export function threadId(thread: string): string {
  return `${channel};messageid=${thread}`;
}

/** Somebody mentions the bot in a new thread of the channel. */
export function saidInThread({ serviceUrl, thread, text }: Said): object {
  return {
    type: 'message',
    id: thread,
    timestamp: new Date().toISOString(),
    serviceUrl,
    channelId: 'msteams',
    from: { id: '29:bench-ana', name: 'Ana de Vries', aadObjectId: '00000000-0000-0000-0000-0000000000a1' },
    recipient: { id: '28:kluis', name: 'Kluis' },
    entities: [
      { type: 'mention', text: '<at>Kluis</at>', mentioned: { id: '28:kluis', name: 'Kluis' } },
      { type: 'clientInfo', locale: 'en-US', timezone: 'Europe/Amsterdam', platform: 'Windows' },
    ],
    locale: 'en-US',
    localTimezone: 'Europe/Amsterdam',
    textFormat: 'plain',
    text: `<at>Kluis</at> ${text}`,
    conversation: { id: threadId(thread), conversationType: 'channel', isGroup: true, tenantId: 'bench' },
    channelData: { channel: { id: channel }, team: { id: '19:team@thread.tacv2' }, tenant: { id: 'bench' } },
  };
}

/** Sends it to the bot's endpoint; resolves with the HTTP status. */
export async function deliver(botUrl: string, activity: object): Promise<number> {
  const response = await fetch(`${botUrl}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(activity),
  });
  await response.arrayBuffer();
  return response.status;
}
