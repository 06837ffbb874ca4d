import { element } from '../element.js';
import { messageMarkdown } from '../markdown.js';
import { control } from './controls.js';
import { plainWords, textNodes } from './mrkdwn.js';
import { richText } from './rich-text.js';

/**
 * @import { Block, BlockOf, Cell, ContextPart } from '../answers/block-kit.ts'
 * @import { Draw, Drawing, Drawings, Drawn, SlackContext } from './drawing.ts'
 */

/**
 * Blocks as nodes. `drawn` tells of the surface that they stand on, the server's values, the errors by block id, and
 * what to call when something is pressed or searched for.
 * @param {readonly Block[]} blocks
 * @param {Drawing} drawn
 * @returns {HTMLElement[]}
 */
export function drawBlocks(blocks, drawn) {
  return blocks.map((block) => {
    const draw = /** @type {Draw | undefined} */ (kinds[block.type]);
    const node = draw ? draw(block, { ...drawn, block }) : unknown(block);
    node.dataset.block = block.block_id ?? '';
    return node;
  });
}

/**
 * The keys of the inputs that these blocks hold, by block and action.
 * @param {readonly Block[]} blocks
 * @returns {string[]}
 */
export function inputKeys(blocks) {
  return blocks.flatMap((block) => {
    const parts = [block.element, block.accessory, ...(block.type === 'actions' ? block.elements : [])];
    const own = parts
      .flatMap((part) => part ?? [])
      .filter(({ type }) => !['button', 'overflow', 'image'].includes(type));
    return [...own.map((part) => `${block.block_id}/${part.action_id}`), ...inputKeys(block.child_blocks ?? [])];
  });
}

/** @type {Drawings} */
const kinds = {
  header: ({ text }) => element('h3', { class: 'block header' }, plainWords(text)),
  divider: () => element('hr', { class: 'block' }),
  section,
  context: ({ elements }, { context }) =>
    element(
      'div',
      { class: 'block context' },
      elements.map((each) => contextPart(each, context)),
    ),
  actions: ({ elements }, drawn) =>
    element(
      'div',
      { class: 'block actions' },
      elements.map((part) => control(part, { ...drawn, dispatches: true })),
    ),
  input,
  image: ({ image_url: src, alt_text: alt, title }) =>
    element(
      'figure',
      { class: 'block' },
      title && element('figcaption', {}, plainWords(title)),
      element('img', { src, alt, loading: 'lazy' }),
    ),
  rich_text: ({ elements }, { context }) => element('div', { class: 'block rich' }, richText(elements, context)),
  markdown: ({ text }) => {
    const node = element('div', { class: 'block markdown' });
    // The only HTML in it is what the Markdown renderer made from escaped text.
    node.innerHTML = messageMarkdown(text, []);
    return node;
  },
  table,
  alert: ({ text, level = 'default' }, { context }) =>
    element('div', { class: `block alert ${level}`, role: 'note' }, textNodes(text, context)),
  container,
};

/**
 * @param {BlockOf<'section'>} block
 * @param {Drawn} drawn
 */
function section({ text, fields, accessory }, drawn) {
  const { context } = drawn;
  const part = accessory && control(accessory, { ...drawn, dispatches: true });
  return element(
    'div',
    { class: 'block section' },
    element(
      'div',
      { class: 'section-text' },
      text && element('div', { class: 'text' }, textNodes(text, context)),
      fields &&
        element(
          'div',
          { class: 'fields' },
          fields.map((field) => element('div', { class: 'text' }, textNodes(field, context))),
        ),
    ),
    accessory?.type === 'image'
      ? element('img', { class: 'accessory-image', src: accessory.image_url, alt: accessory.alt_text })
      : part && element('div', { class: 'accessory' }, part),
  );
}

/**
 * @param {ContextPart} part
 * @param {SlackContext} context
 */
function contextPart(part, context) {
  if (part.type === 'image') return element('img', { src: part.image_url, alt: part.alt_text, class: 'context-image' });
  return element('span', { class: 'text' }, textNodes(part, context));
}

/**
 * @param {BlockOf<'input'>} block
 * @param {Drawn} drawn
 */
function input(block, drawn) {
  const { context, errors } = drawn;
  const label = plainWords(block.label);
  const error = errors?.[block.block_id];
  const node = control(block.element, { ...drawn, label, dispatches: block.dispatch_action === true });
  const optional = block.optional && element('span', { class: 'quiet' }, ` (${context.words.optional})`);
  return element(
    'div',
    { class: error ? 'block input wrong' : 'block input' },
    element('div', { class: 'label' }, label, optional),
    node,
    error && element('p', { class: 'input-error', role: 'alert' }, error),
    block.hint && element('p', { class: 'quiet hint' }, plainWords(block.hint)),
  );
}

/**
 * @param {BlockOf<'table'>} block
 * @param {Drawn} drawn
 */
function table({ rows, column_settings: columns = [] }, { context }) {
  /** @type {(each: Cell, index: number, tag: 'th' | 'td') => HTMLElement} */
  const cell = (each, index, tag) =>
    element(
      tag,
      { class: columns[index]?.align ?? 'left' },
      each.type === 'rich_text' ? richText(each.elements, context) : (each.text ?? String(each.value)),
    );
  const [head = [], ...body] = rows;
  return element(
    'div',
    { class: 'block table', tabIndex: 0, role: 'region', 'aria-label': context.words.table },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          head.map((each, index) => cell(each, index, 'th')),
        ),
      ),
      element(
        'tbody',
        {},
        body.map((row) =>
          element(
            'tr',
            {},
            row.map((each, index) => cell(each, index, 'td')),
          ),
        ),
      ),
    ),
  );
}

/**
 * @param {BlockOf<'container'>} block
 * @param {Drawn} drawn
 */
function container(block, drawn) {
  const { context } = drawn;
  const title = block.rich_text_title ? richText(block.rich_text_title.elements, context) : plainWords(block.title);
  const subtitle = block.subtitle && element('div', { class: 'quiet' }, textNodes(block.subtitle, context));
  const inside = element('div', { class: 'container-inside' }, drawBlocks(block.child_blocks, drawn));
  if (!block.is_collapsible)
    return element(
      'section',
      { class: 'block container' },
      element('div', { class: 'container-title' }, title, subtitle),
      inside,
    );
  return element(
    'details',
    { class: 'block container', open: !block.default_collapsed },
    element('summary', { class: 'container-title' }, title, subtitle),
    inside,
  );
}

/** @param {Block} block */
function unknown({ type }) {
  return element('p', { class: 'block unknown-block' }, `[${type}]`);
}
