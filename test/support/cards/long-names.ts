/** The kinds of cards once more, with long names, as companies give them: the same files, read with other names. */
import { registerHooks } from 'node:module';
import type { Kinds } from './readiness-kinds.ts';

const tests = new URL('../../', import.meta.url).href;
const isLong = (url: string | undefined) => url?.endsWith('?names=long') ?? false;

const longer: readonly (readonly [RegExp, string])[] = [
  [/\bvm-([a-z]{2,9})-(?=\d\d|\$)/g, 'vm-$1-prod-weu-'],
  [/\bvm-case\b/g, 'vm-case-prod-weu-01'],
  [/\brsv-prod-weu\b/g, 'rsv-production-weu'],
  [/\bkv-([a-z]+)-weu\b/g, 'kv-$1-production-weu'],
  [/\b(Ana de Vries|Dirk Smit)\b/g, 'Christopher Montgomery'],
  [/\b(Ben Okafor|Eva Lind)\b/g, 'Wilhelmina van der Berg'],
];

/** Every kind of card with long names. */
export async function longNamedKinds(): Promise<Kinds> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context);
      return isLong(context.parentURL) && found.url.startsWith(tests) && !isLong(found.url)
        ? { ...found, url: `${found.url}?names=long` }
        : found;
    },
    load: (url, context, next) => {
      const loaded = next(url, context);
      if (!isLong(url)) return loaded;
      const text = longer.reduce((was, [name, long]) => was.replaceAll(name, long), String(loaded.source));
      return { ...loaded, source: text };
    },
  });
  try {
    const { cardKinds } = await import(new URL('kinds.ts?names=long', import.meta.url).href);
    return cardKinds;
  } finally {
    hooks.deregister();
  }
}
