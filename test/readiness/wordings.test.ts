import { beforeAll, describe, expect, test } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { findingsEn } from '../../src/message/wording/findings.en.ts';
import { findingsNl } from '../../src/message/wording/findings.nl.ts';
import type { FindingParams } from '../../src/readiness/findings/finding.ts';
import { findingCodes, reasonCodes } from '../../src/readiness/findings/finding-codes.ts';
import { codes, contoso, look } from './support/contoso.ts';
import { subscription } from './support/facts.ts';
import { keyCases, machineCases } from './support/other-cases.ts';
import { placeCases } from './support/place-cases.ts';
import { policyCases } from './support/policy-cases.ts';
import { realWorld } from './support/real-world.ts';
import { laid, vmName } from './support/scenarios.ts';

/** All sets of params, by code: from the estate and from all cases. */
const met = new Map<string, FindingParams[]>();
const languages = [
  ['en', findingsEn],
  ['nl', findingsNl],
] as const;
// No list of one subscription can contain it.
const unmet = ['destination.subscription'];

function note(code: string, params: FindingParams) {
  met.set(code, [...(met.get(code) ?? []), params]);
}

async function meet(seen: ReturnType<typeof look>) {
  const { findings, destinations } = await seen;
  for (const { code, params } of findings) note(code, params);
  const policies = Object.values(destinations.policies).flat();
  for (const { reason } of [...destinations.vaults, ...policies]) if (reason) note(reason.code, reason.params);
}

beforeAll(async () => {
  const world = contoso();
  const gone = `/subscriptions/${subscription}/resourceGroups/rg-old/providers`;
  const ids = ['Microsoft.ClassicCompute/virtualMachines/c', 'Microsoft.Compute/virtualMachines/none'];
  const names = [...world.vms.map(({ name }) => name), ...ids.map((id) => `${gone}/${id}`)];
  for (const name of names) await meet(look(contoso(), name));
  for (const scenario of [...realWorld, ...machineCases, ...keyCases, ...placeCases, ...policyCases]) {
    await meet(look(laid(scenario), scenario.vm ?? vmName, scenario));
  }
});

/** A text's placeholders, including those inside its branches. */
function placeholders(text: string): string[] {
  const names = new Set<string>();
  const walk = (elements: ReturnType<IntlMessageFormat['getAst']>) => {
    for (const element of elements) {
      if (element.type !== 0 && element.type !== 7 && element.type !== 8) names.add(element.value);
      if ('options' in element) for (const option of Object.values(element.options)) walk(option.value);
    }
  };
  walk(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst());
  return [...names];
}

describe.each(languages)('the findings in %s', (locale, table) => {
  test('every code is worded, and nothing else is', () => {
    expect(Object.keys(table).sort()).toEqual([...findingCodes, ...reasonCodes].sort());
  });

  test('every wording can be filled, with only the values that its finding has', () => {
    const gaps = Object.entries(table).flatMap(([code, { title, text, fix = '' }]) =>
      (met.get(code) ?? []).flatMap((params) =>
        [title, text, fix].flatMap((part) => {
          const values = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value]));
          const lacking = placeholders(part).filter((name) => !(name in values));
          if (lacking.length > 0) return [`${code}: ${lacking.join(', ')}`];
          const said = String(
            new IntlMessageFormat(part, locale, undefined, { ignoreTag: true }).format(values as never),
          );
          return /[{}]|undefined|null|NaN/.test(said) ? [`${code}: ${said}`] : [];
        }),
      ),
    );
    expect([...new Set(gaps)]).toEqual([]);
  });

  test('a vault is never called just a vault', () => {
    const bare =
      locale === 'en'
        ? /(?<!key )(?<!Services )(?<!-)(?<!backup )\bvaults?\b(?! create)/i
        : /(?<!sleutel)(?<!Services-)(?<!één )\bklui(s|zen)\b(?!\.yaml)/;
    const texts = Object.values(table).flatMap(({ title, text, fix = '' }) => [title, text, fix]);
    expect(texts.map((text) => text.replace(/\{vaults?[^}]*\}/g, '')).filter((text) => bare.test(text))).toEqual([]);
  });

  test('every blocking finding has a remedy, unless there is none', async () => {
    const hopeless = [
      'vm.missing',
      'confidential.vm',
      'attempts.used-up',
      'azure-says.no',
      'disk-size.too-large',
      'disk-size.too-many',
    ];
    const stoppers = new Set<string>();
    for (const one of [...realWorld, ...machineCases, ...keyCases, ...placeCases, ...policyCases]) {
      for (const code of codes(await look(laid(one), vmName, one), 'block')) stoppers.add(code);
    }
    expect([...stoppers].filter((code) => !table[code]?.fix && !hopeless.includes(code))).toEqual([]);
  });
});

test('every code occurs in some case', () => {
  expect([...findingCodes, ...reasonCodes].filter((code) => !met.has(code))).toEqual(unmet);
});
