import { readFileSync } from 'node:fs';
import * as templating from 'adaptivecards-templating';

/** Parsed once, when the module is loaded: a broken file stops the start and not a conversation. */
const file = new URL('../../../cards/card.json', import.meta.url);
const template = new templating.Template(JSON.parse(readFileSync(file, 'utf8')));

/** Fills in the one template. Values aren't expanded again, so `${…}` in them stays text. */
export function expand(view: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return template.expand({ $root: view });
}
