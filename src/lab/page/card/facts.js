/**
 * Facts as what they are. The renderer lays them out as a table without a role, in which a label and its value are two
 * cells that nothing ties together.
 * @param {HTMLElement} drawn
 */
export function listFacts(drawn) {
  for (const table of drawn.querySelectorAll('.ac-factset')) {
    const list = document.createElement('dl');
    list.className = table.className;
    for (const row of table.querySelectorAll('tr')) {
      const [title, value] = row.querySelectorAll('.ac-fact-title, .ac-fact-value');
      list.append(renamed(title, 'dt'), renamed(value, 'dd'));
    }
    table.replaceWith(list);
  }
}

/**
 * @param {Element | undefined} cell
 * @param {'dt' | 'dd'} tag
 */
function renamed(cell, tag) {
  const made = document.createElement(tag);
  made.className = cell?.className ?? '';
  made.append(...(cell?.childNodes ?? []));
  return made;
}
