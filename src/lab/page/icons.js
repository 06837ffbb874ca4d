/** @typedef {keyof typeof paths} IconName */

const svg = 'http://www.w3.org/2000/svg';

const paths = {
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-6 16-3-6-7-2z',
  chat: 'M4 5h16v11H9l-5 4z',
  home: 'M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6',
  hash: 'M5 9h15M4 15h15M10 4L8 20M16 4l-2 16',
  thread: 'M5 5v8a4 4 0 0 0 4 4h10M15 13l4 4-4 4',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  info: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7v.5',
  code: 'M9 7l-5 5 5 5M15 7l5 5-5 5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  moon: 'M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z',
  auto: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  down: 'M6 9l6 6 6-6',
  reply: 'M10 8L5 13l5 5M5 13h9a5 5 0 0 1 5 5',
  toBot: 'M5 12h13M13 7l5 5-5 5',
  fromBot: 'M19 12H6M11 7l-5 5 5 5',
};

/**
 * A line icon that takes the colour of the text; it says nothing to a screen reader.
 * @param {IconName} name
 */
export function icon(name) {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', paths[name]);
  drawing.append(path);
  return drawing;
}
