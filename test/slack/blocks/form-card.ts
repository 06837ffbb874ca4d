import type { CardMessage, RenderContext } from '../../../src/message/card-data.ts';
import { words } from '../../../src/message/words.ts';
import { cancel, dialog, press } from '../../message/mock-up-parts.ts';

/** A form with several inputs, one of each kind. */
export function form(context: RenderContext): CardMessage {
  const w = words(context);
  const choices = ['00:00', '02:00', '04:00'].map((time) => ({ title: time, value: time }));
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: w.say('policy-form.new', { vault: 'rsv-prod-weu' }),
      body: [{ kind: 'text', text: w.say('policy-kind.standard-fits'), tone: 'quiet' }],
      inputs: [
        { kind: 'text', id: 'name', label: w.say('policy-field.name'), required: w.say('policy-field.name') },
        { kind: 'pick', id: 'time', label: w.say('policy-field.time'), value: '02:00', choices },
        { kind: 'pick', id: 'zone', label: w.say('policy-field.zone'), style: 'expanded', value: '00:00', choices },
        { kind: 'text', id: 'daily', label: w.say('policy-field.daily'), value: '30', maxLength: 20 },
        { kind: 'toggle', id: 'now', title: w.say('button.protect+back-up-now'), on: true },
      ],
      buttons: [
        press(w.say('button.continue'), 'submit', { style: 'positive', data: { ...dialog, form: 'sent' } }),
        cancel(w),
      ],
      line: w.say('nothing-changed'),
    },
  };
}
