import fc from 'fast-check';
import type { z } from 'zod';

/**
 * Texts that have broken chat cards before, or could: markup, templates, control and bidi characters, HTML, sheer
 * length.
 */
export const nastyTexts: readonly string[] = [
  '**bold** _em_ `code` ~~gone~~',
  '[click](https://evil.example) ![x](https://evil.example/x.png)',
  '<b>html</b> <script>alert(1)</script> <at>Ana</at>',
  '${x} ${$root.title} $[y] {{DATE(2026-11-24T02:16:00Z,SHORT)}}',
  '- item\n- item\n\n# heading\n> quote\n```\nfence\n```',
  '1. one\n2) two',
  '\u202egnp.exe\u2066 vm\u200b-sql\u0000\u001b[31m\u0007',
  '&lt;b&gt; &#x202e; &amp;',
  'a|b\n-|-\nc|d',
  '\\*not\\* \\',
  `vm-${'x'.repeat(10_000)}`,
  `${'🔑'.repeat(3_000)}`,
  `Z${'\u0301'.repeat(500)}algo`,
  'broken \ud800 half',
  '   ',
  '\u0085\u2028',
  '',
];

/**
 * Any Unicode code point but half a surrogate pair. The library's `unit: 'binary'` has the same ones, and keeps a table
 * of all million of them, which every garbage collection of the worker then goes through.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .oneof(
    fc.integer({ min: 0, max: 0x7f }),
    fc.integer({ min: 0, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0x10ffff }),
  )
  .map((code) => String.fromCodePoint(code));

/** Any text, often a nasty one. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nastyTexts),
  // No input contains the marks of times in a text (core/storable.ts, azure/arm/storable-text.ts).
  fc.string({ unit: anyCharacter, maxLength: 60 }).map((text) => text.replace(/[\ue000-\ue002]/g, '')),
  fc.lorem({ maxCount: 12 }),
);

type Def = {
  readonly type: string;
  readonly format?: string;
  readonly checks?: readonly {
    readonly _zod: { readonly def: { readonly pattern?: RegExp; readonly maximum?: number } };
  }[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
};

/** What stands in a link, some of it escaped. */
const inUrl = (others: string) =>
  fc.oneof(
    {
      arbitrary: fc.constantFrom(...`abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ${others}`),
      weight: 9,
    },
    { arbitrary: anyCharacter.map(encodeURIComponent), weight: 1 },
  );

/** A path and a query of a link. As `fc.webPath`, which takes a second to make: it has that table of all characters. */
export const [anyPath, anyQuery] = [
  fc.array(fc.string({ unit: inUrl("-._~!$&'()*+,;=:@") })).map((parts) => parts.map((part) => `/${part}`).join('')),
  fc.string({ unit: inUrl("-._~!$&'()*+,;=:@/?") }),
];

/** A link, as `fc.webUrl`. */
export const anyUrl: fc.Arbitrary<string> = fc
  .record({ domain: fc.domain(), path: anyPath, query: fc.option(anyQuery), fragment: fc.option(anyQuery) })
  .map(({ domain, path, query, fragment }) => {
    const after = [query === null ? '' : `?${query}`, fragment === null ? '' : `#${fragment}`].join('');
    return `https://${domain}${path}${after}`;
  });

function textOf({ format, checks }: Def): fc.Arbitrary<string> {
  if (format === 'url') return anyUrl;
  const pattern = checks?.[0]?._zod.def.pattern;
  if (checks?.[0]?._zod.def.maximum) return fc.string({ unit: 'grapheme', maxLength: 40 });
  if (!pattern) return anyText;
  return pattern.source.startsWith('^') ? fc.stringMatching(pattern) : anyText.filter((text) => pattern.test(text));
}

function objectOf({ shape = {}, catchall }: Def): fc.Arbitrary<Record<string, unknown>> {
  const keys = Object.entries(shape);
  const required = keys.filter(([, value]) => (value.def as unknown as Def).type !== 'optional').map(([key]) => key);
  const own = fc.record(Object.fromEntries(keys.map(([key, value]) => [key, build(value)])), {
    requiredKeys: required,
  });
  if (!catchall) return own;
  const more = fc.dictionary(fc.constantFrom('goal', 'vm', 'vault'), build(catchall), { maxKeys: 2 });
  return fc.tuple(own, more).map(([left, right]) => ({ ...right, ...left }));
}

function build(schema: z.ZodType): fc.Arbitrary<unknown> {
  const def = schema.def as unknown as Def;
  switch (def.type) {
    case 'string':
      return textOf(def);
    case 'number':
      return fc.integer({ min: 1, max: 3000 });
    case 'boolean':
      return fc.boolean();
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(def.values ?? []));
    case 'optional':
      return build(def.innerType!);
    case 'array':
      return fc.array(build(def.element!), { minLength: def.checks ? 1 : 0, maxLength: 4 });
    case 'union':
      return fc.oneof(...(def.options ?? []).map(build));
    case 'object':
      return objectOf(def);
    default:
      throw new Error(`no samples for a schema of type ${def.type}`);
  }
}

/** Values that a zod schema accepts, with nasty texts wherever it accepts a text. */
export function samplesOf<T>(schema: z.ZodType<T>): fc.Arbitrary<T> {
  return build(schema).filter((value) => schema.safeParse(value).success) as fc.Arbitrary<T>;
}
