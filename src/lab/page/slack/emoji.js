/** @type {Record<string, string>} */
const known = {
  arrow_right: '➡️',
  arrows_counterclockwise: '🔄',
  ballot_box_with_check: '☑️',
  bell: '🔔',
  black_circle: '⚫',
  bulb: '💡',
  calendar: '📅',
  clock: '🕒',
  computer: '💻',
  eyes: '👀',
  floppy_disk: '💾',
  hammer_and_wrench: '🛠️',
  heavy_check_mark: '✔️',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  information_source: 'ℹ️',
  key: '🔑',
  large_blue_circle: '🔵',
  large_green_circle: '🟢',
  large_orange_circle: '🟠',
  large_red_square: '🟥',
  large_yellow_circle: '🟡',
  lock: '🔒',
  mag: '🔍',
  mag_right: '🔎',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  ok: '🆗',
  question: '❓',
  red_circle: '🔴',
  rotating_light: '🚨',
  shield: '🛡️',
  speech_balloon: '💬',
  thumbsup: '👍',
  unlock: '🔓',
  warning: '⚠️',
  white_check_mark: '✅',
  white_circle: '⚪',
  x: '❌',
  '+1': '👍',
};

/**
 * The emoji of this name, such as `eyes`; undefined for one that the page does not know.
 * @param {string} name
 */
export function emoji(name) {
  return known[name];
}
