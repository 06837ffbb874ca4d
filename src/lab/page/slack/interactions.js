import { postTo } from '../api.js';

/**
 * @import { SlackWrites, Told } from '../answers/slack-answers.ts'
 * @import { Session } from '../session.js'
 * @import { Interactions, Surface } from './drawing.ts'
 * @typedef {object} Surroundings
 * @property {<Result>(task: () => Promise<Result>) => Promise<Result | undefined>} guarded
 * @property {() => Promise<void>} refresh
 * @property {() => void} complain
 */

/**
 * What the reader does, over the control API of the emulator. `guarded` shows what went wrong.
 * @param {Session} session
 * @param {Surroundings} surroundings
 * @returns {Interactions}
 */
export function createInteractions(session, { guarded, refresh, complain }) {
  /** @param {Surface} surface */
  const place = ({ named }) => {
    const { id: _id, ...surface } = named;
    return { as: session.as, ...surface };
  };
  /** @param {Told} answer */
  const told = (answer) => {
    const status = answer?.bot?.status;
    if (status !== undefined && status !== 200) complain();
    return answer;
  };
  return {
    async press({ surface, action, option, node }) {
      node?.closest('.slack-body, .slack-home, .dialog-body')?.setAttribute('aria-busy', 'true');
      const body = { ...place(surface), action, inputs: surface.inputs(), ...(option !== undefined && { option }) };
      await guarded(async () => told(await post('press', body)));
      node?.closest('[aria-busy]')?.removeAttribute('aria-busy');
      await guarded(refresh);
    },
    suggest: ({ surface, action, value }) => guarded(() => post('suggest', { ...place(surface), action, value })),
    async submit({ view, inputs }) {
      const outcome = await guarded(() => post('submit', { as: session.as, view: view.id, inputs }));
      if (outcome?.shown === 'trouble') complain();
      await guarded(refresh);
      return outcome;
    },
    async close({ id }) {
      await guarded(() => post('close', { as: session.as, view: id }));
      await guarded(refresh);
    },
    say: (body) => guarded(async () => told(await post('say', { as: session.as, ...body }))),
    open: (tab) => guarded(() => post('open', { as: session.as, tab })),
    invite: (channel) => guarded(() => post('channel', { channel, botIn: true })),
    speak: (locale) => guarded(() => post('person', { as: session.as, locale })),
    reset: () => guarded(() => post('reset', {})),
  };
}

/**
 * @template {keyof SlackWrites} Path
 * @param {Path} path
 * @param {object} body
 * @returns {Promise<SlackWrites[Path]>}
 */
function post(path, body) {
  return /** @type {Promise<SlackWrites[Path]>} */ (postTo('/_slack', path, body));
}
