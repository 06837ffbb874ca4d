import { readFileSync } from 'node:fs';
import * as templating from 'adaptivecards-templating';
import type { CardMessage } from './card-data.ts';

function load(name: CardMessage['template']): templating.Template {
  const file = new URL(`../../cards/${name}.json`, import.meta.url);
  return new templating.Template(JSON.parse(readFileSync(file, 'utf8')));
}

/** Parsed once, when the module is loaded: a broken file stops the start and not a conversation. */
const templates: Record<CardMessage['template'], templating.Template> = {
  sheet: load('sheet'),
  choose: load('choose'),
  notice: load('notice'),
};

/** Fills the template in. Values are not expanded again, so `${…}` in them stays text. */
export function expand(
  name: CardMessage['template'],
  view: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return templates[name].expand({ $root: view });
}
