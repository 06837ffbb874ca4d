import type { CardMessage } from '../../src/message/card-data.ts';
import type { Words } from '../../src/message/words.ts';
import { cancel, dialog, press } from './mock-up-parts.ts';

/** Two VMs of one name. */
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
