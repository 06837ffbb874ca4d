import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { render } from '../../cards/render.ts';
import type { OutgoingMessage } from '../../src/bot/port.ts';
import { renderMessage } from '../../src/bot/render-message.ts';
import { messageActivity } from '../../src/teams/endpoint/message-activity.ts';

const drawn = { card: null, text: '', summary: 'summary', mentions: [] };
const ana = { id: '29:ana', name: 'Ana de Vries' };
const odd = { id: '29:odd', name: 'O<dd> & Co' };

describe('a message', () => {
  test('without people is plain text, with everything as written', () => {
    const text = 'vm_sql_01 <b> & `x`\n**y**';
    expect(messageActivity({ ...drawn, text })).toEqual({
      type: 'message',
      summary: 'summary',
      text,
      textFormat: 'plain',
    });
  });

  test('that mentions people is markup, and everything but the mentions is escaped', () => {
    const text = '<at>Ana de Vries</at>: <at>O<dd> & Co</at> stopped vm<1> & vm2\nNext: <at>Ben</at>';
    expect(messageActivity({ ...drawn, text, mentions: [ana, odd] })).toMatchObject({
      textFormat: 'xml',
      text:
        '<at>Ana de Vries</at>: <at>O&lt;dd&gt; &amp; Co</at> stopped vm&lt;1&gt; &amp; vm2' +
        '<br/>Next: &lt;at&gt;Ben&lt;/at&gt;',
      entities: [
        { type: 'mention', text: '<at>Ana de Vries</at>', mentioned: ana },
        { type: 'mention', text: '<at>O&lt;dd&gt; &amp; Co</at>', mentioned: odd },
      ],
    });
  });

  test('with a link ends in it, and neither its title nor its URL becomes other markup', () => {
    const link = { title: 'Open <the> card', url: 'https://teams.microsoft.com/l/message/19%3Ax/1?a="b"&c=1' };
    const anchor =
      '<a href="https://teams.microsoft.com/l/message/19%3Ax/1?a=&quot;b&quot;&amp;c=1">Open &lt;the&gt; card</a>';
    expect(messageActivity({ ...drawn, text: 'vm<1> done', link })).toMatchObject({
      textFormat: 'xml',
      text: `vm&lt;1&gt; done ${anchor}`,
    });
    const text = '<at>Ana de Vries</at>: done';
    expect(messageActivity({ ...drawn, text, mentions: [ana], link })).toMatchObject({ text: `${text} ${anchor}` });
  });

  test('that names none of its people in the text mentions nobody', () => {
    const activity = messageActivity({ ...drawn, text: 'done', mentions: [ana] });
    expect(activity).toMatchObject({ text: 'done', textFormat: 'plain' });
    expect(activity).not.toHaveProperty('entities');
  });

  test('with a card and a mention has both, since only the text notifies', () => {
    const card = { type: 'AdaptiveCard' };
    const activity = messageActivity({ ...drawn, card, text: '<at>Ana de Vries</at> done', mentions: [ana] });
    expect(activity).toMatchObject({ text: '<at>Ana de Vries</at> done', attachments: [{ content: card }] });
  });

  test('has its card drawn as it is sent; what the previous release stored goes as it is', () => {
    const look = { locale: 'nl', timeZone: 'UTC', simulated: true } as const;
    const data = { mark: 'ok' as const, title: 'Klaar', body: [{ kind: 'text' as const, text: 'alles' }] };
    const wanted = renderMessage({ template: 'sheet', data }, look);
    const contentOf = (message: OutgoingMessage) =>
      (messageActivity(message)['attachments'] as readonly { content: unknown }[])[0]?.content;
    const before = { ...wanted, card: { type: 'AdaptiveCard' } };
    expect(contentOf(before)).toEqual(render(data, look));
    const { sheet, ...row } = before;
    expect(contentOf(row)).toEqual(before.card);
    // A newer release has drawn what this one doesn't know.
    const newer = { ...before, sheet: { ...sheet, body: [{ kind: 'chart' }] } } as unknown as OutgoingMessage;
    expect(contentOf(newer)).toEqual(before.card);
  });

  test('never lets text become markup: it reads as written', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '&',
      '<at>',
      '</at>',
      'Ana de Vries',
      '<at>Ana de Vries</at>',
      'x',
      '&lt;',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        (text) => {
          const { text: sent, textFormat } = messageActivity({ ...drawn, text, mentions: [ana] }) as Record<
            string,
            string
          >;
          if (textFormat === 'plain') return sent === text && !text.includes('<at>Ana de Vries</at>');
          const outside = (sent ?? '').replaceAll('<at>Ana de Vries</at>', '').replaceAll('<br/>', '');
          const read = (sent ?? '').replaceAll('<br/>', '\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
          return !/[<>]/.test(outside) && read.replaceAll('&amp;', '&') === text;
        },
      ),
    );
  });
});
