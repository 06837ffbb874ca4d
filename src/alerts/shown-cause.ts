/** The cause of an alert as one channel shows it: in the words of a VM that is shown there. Pure. */
import { ownOf } from '../core/own-of.ts';
import type { Affected, FailureCause, FoundNow } from './alert.ts';

/**
 * The cause in the words of the first of these. What the checks found may name that VM, its group or its system: where
 * they differ, a placeholder stands instead (`<vm>`), as in any command that is to be filled in.
 */
export function shownCause(cause: FailureCause, shown: readonly Affected[]): FailureCause {
  const [own] = shown.flatMap((one) => one.own ?? []);
  if (!own) return cause;
  const finding = own.finding && shown.length > 1 ? inCommon(own.finding, shown) : own.finding;
  const { isClear: _, keks: __, ...rest } = { ...cause, ...own, finding };
  const keks = shown.every((one) => one.own?.keks?.length) ? shown.flatMap((one) => one.own?.keks ?? []) : [];
  const isClear = shown.every((one) => one.own?.isClear);
  return { ...rest, ...(isClear && { isClear }), ...(keks.length > 0 && { keks: [...new Set(keks)] }) };
}

function inCommon({ code, params }: FoundNow, shown: readonly Affected[]): FoundNow {
  const isShared = (name: string) =>
    new Set(shown.map(({ own }) => JSON.stringify(ownOf(own?.finding?.params ?? {}, name)))).size === 1;
  const common = Object.entries(params).map(([name, value]): [string, FoundNow['params'][string]] => [
    name,
    typeof value === 'number' || isShared(name) ? value : `<${name}>`,
  ]);
  const every = (can: 'grants' | 'recovers') => shown.every(({ own }) => own?.finding?.[can]) && { [can]: true };
  return { code, params: Object.fromEntries(common), ...every('grants'), ...every('recovers') };
}
