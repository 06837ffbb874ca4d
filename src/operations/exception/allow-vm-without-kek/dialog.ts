/**
 * The dialog behind `/backup exception`: whether the KEK rule refuses the VM, why an exception is needed, and until
 * when.
 */
import { z } from 'zod';
import { toJson } from '../../../core/json.ts';
import { isRefusal, refuse } from '../../../core/refusal.ts';
import { cut } from '../../../core/storable.ts';
import { flow, neverKept } from '../../../dialog/flow.ts';
import { argsStep, type DialogKind } from '../../dialogs/dialog-kind.ts';
import type { Estate } from '../../dialogs/estate.ts';
import { planVersion } from '../../parts/plan.ts';
import { type AllowPart, exceptionAsk } from '../../parts/allow-vm-without-kek.ts';
import { drawException } from './card.ts';
import type { EndPart } from '../../parts/end-kek-exception.ts';
import { endOf, maxDays } from '../../dialogs/end-date.ts';
import { findVm, type ExceptionKnown } from './found.ts';

const does = 'allow-vm-without-kek';
const argsInput = z.array(z.string().max(2000)).length(1);
const maxReason = 300;
/** What can be done about a VM, by its state. */
const offered = { refused: does, excepted: 'end-kek-exception', 'not-refused': null } as const;

/** The dialog. */
export const exceptionDialog: DialogKind<ExceptionKnown> = {
  flow: flow<ExceptionKnown, Estate>({
    name: 'exception',
    steps: [
      argsStep(argsInput),
      {
        kind: 'find',
        id: 'found',
        lookup: async ({ args }, estate) => toJson(await findVm(estate, args[0] as string)),
        worse: ({ found: shown }, { found: now }) => now.stands !== shown.stands || now.guid !== shown.guid,
      },
      { kind: 'ask', id: 'reason', when: isRefused, parse: (input) => reasonOf(input) },
      { kind: 'ask', id: 'until', when: isRefused, parse: (input, { found }) => untilOf(input, found.at) },
      {
        kind: 'ask',
        id: 'go',
        parse: (input, { found }) =>
          typeof input === 'string' && input === offered[found.stands] ? { value: input } : refuse('not-offered'),
        reopened: neverKept,
      },
    ],
  }),
  draw: drawException,
  opensFor: () => [does, 'end-kek-exception'],
  about: ({ found, args }) => found?.vm?.name ?? args?.[0] ?? '',
  answers: ['reason', 'until', 'go'],
  inputs: ({ reason = '', until = '', ...rest }, { found }) =>
    found?.stands === 'excepted' ? rest : { reason, until, ...rest },
  why: { step: 'reason' },
  // From the VM alone: there is no plan before a reason and a day are typed.
  offers: ({ found }) => {
    const go = found ? offered[found.stands] : null;
    return found?.vm && go ? [{ go, asks: [exceptionAsk(go, found.vm)] }] : [];
  },
  plan: ({ found, reason, until }) => {
    const { vm, holds, guid } = found;
    if (vm && holds) {
      const part: EndPart = { id: 'end', after: [], does: 'end-kek-exception', vm, ...holds };
      return { version: planVersion, vms: [{ id: vm.id, name: vm.name }], parts: [part] };
    }
    const end = endOf(until, found.at, maxDays);
    if (!vm || !end) throw new Error('what is not offered is never planned');
    const part: AllowPart = { id: 'exception', after: [], does, vm, ...(guid && { guid }), reason, until: end };
    return { version: planVersion, vms: [{ id: vm.id, name: vm.name }], parts: [part] };
  },
  wrong: ({ reason, until }, { found }, words) => {
    const [why, when] = [reasonOf(reason), untilOf(until, found?.at ?? '')];
    return {
      ...(isRefusal(why) && { reason: words.refusal(why) }),
      ...(isRefusal(when) && { until: words.refusal(when) }),
    };
  },
};

function isRefused({ found }: ExceptionKnown): boolean {
  return found.stands === 'refused';
}

function reasonOf(input: unknown) {
  const reason = typeof input === 'string' ? cut(input.trim(), maxReason) : '';
  return reason === '' ? refuse('exception-reason') : { value: reason };
}

function untilOf(input: unknown, at: string) {
  const typed = typeof input === 'string' ? input.trim() : '';
  return endOf(typed, at, maxDays) === null ? refuse('exception-date') : { value: typed };
}
