import { isBeyondAde } from '../../../../readiness/ade-limits.ts';
import { regionName } from '../../../../message/wording/region-names.ts';
import type { Words } from '../../../../message/words.ts';
import { weights, type Effect, type PartWords } from '../../../wording/part-words.ts';
import type { Told } from '../../../parts/plan.ts';
import type { RestoreVm } from '../../../parts/restore-vm.ts';
import type { RestoreDisks } from '../../../parts/restore-disks.ts';
import { unpricedVm, vmAmount } from '../../../wording/kept-cost.ts';
import { readersLine } from './readers-words.ts';

/** What is restored, and what comes with that: who can read it, what it costs, and what may keep it from succeeding. */
export const restoreEffects: PartWords<RestoreDisks | RestoreVm>['effects'] = (words, parts, { plan, told }) =>
  parts.flatMap((part): readonly Effect[] => {
    const { say } = words;
    const what = { vm: part.vm.name, point: words.dateTime(new Date(part.point.time)), group: part.targetGroup.name };
    // Disks that a VM is made from come with it.
    const makesVm = plan.parts.some(({ does }) => does === 'create-vm') || part.does === 'restore-vm';
    const stays = !plan.parts.some(({ does }) => does === 'clean-up-staging');
    const all = {
      creates: [
        ...(makesVm ? [] : [say('effect.new-disks', what)]),
        ...(stays ? [say('effect.staged', { account: part.staging.name })] : []),
      ],
      reads: [...readersLine(words, part, told), ...(part.point.private ? [say('restore.private')] : [])],
      costs: [
        ...costLine(words, told),
        ...(part.rehydrate === null ? [] : [say('plan.restore-rehydrate', { priority: part.rehydrate })]),
      ],
      doubts: [
        ...coresLine(words, told),
        ...subnetLine(words, told),
        ...beyondAdeLine(words, told),
        ...entraAppLine(words, told),
      ],
    } as const;
    return weights.flatMap((weight) =>
      (weight in all ? all[weight as keyof typeof all] : []).map((text) => ({ weight, text })),
    );
  });

/** That a quota has no room for the new VM, or that this is unknown. */
function coresLine({ say }: Words, { cores }: Told): string[] {
  if (!cores) return [];
  const { size, short } = cores;
  const region = regionName(cores.region);
  if (!short || size === null) return [say('cores.unknown', { region })];
  return [say('cores.short', { ...short, of: seriesOf(short.of), size, region })];
}

/** `DSv5` of `standardDSv5Family`, as Azure's quotas are named. */
function seriesOf(quota: string): string {
  return /^standard_?(.+?)_?Family$/i.exec(quota)?.[1] ?? quota;
}

/** That it is unknown whether the subnet has a free address. */
function subnetLine({ say }: Words, { subnetUnread: subnet }: Told): string[] {
  return subnet === undefined ? [] : [say('subnet.unknown', { subnet })];
}

/**
 * That Azure doesn't restore the encryption settings of that many disks, or that their size is unknown; and who does it
 * then.
 */
function beyondAdeLine({ say }: Words, { beyondAde, adeSizeUnread }: Told): string[] {
  if (adeSizeUnread) {
    const { disks, newVm } = adeSizeUnread;
    const isBeyond = disks !== null && isBeyondAde({ disks, gib: 0 });
    const told = isBeyond ? say('ade-size.beyond', { disks }) : say('ade-size.unknown', { disks: disks ?? 'none' });
    return [[told, newVm === null ? say('ade-size.person') : say('ade-size.plan', { vm: newVm })].join(' ')];
  }
  if (!beyondAde) return [];
  const { newVm, ...sum } = beyondAde;
  return [newVm === null ? say('beyond-ade.disks', sum) : say('beyond-ade.vm', { ...sum, vm: newVm })];
}

/** That the disks were encrypted with an Entra application, and who has to finish that. */
function entraAppLine({ say }: Words, { entraApp }: Told): string[] {
  return entraApp ? [say('entra-app.plan', { vm: entraApp.newVm ?? 'none' })] : [];
}

/** What it roughly costs to keep disks and new VM, and what that leaves out; none if nothing about it is known. */
function costLine(words: Words, { cost, prices }: Told): string[] {
  const { say, money, names } = words;
  const amounts = [
    ...(cost === null ? [] : [say('cost.disks', { amount: money(cost.disks, cost.currency) })]),
    ...(cost?.staging == null ? [] : [say('cost.copies', { amount: money(cost.staging, cost.currency) })]),
    ...vmAmount(words, prices),
  ];
  if (amounts.length === 0) return [];
  const without = [...(cost === null ? [say('cost.no-disks')] : []), ...unpricedVm(words, prices?.vm)];
  return [[say('cost.line', { what: names(amounts) }), ...without].join(' ')];
}
