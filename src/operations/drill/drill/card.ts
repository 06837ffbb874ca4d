/** The card of `backup drill`. Pure. */
import type { Block, Button, CardMessage } from '../../../message/card-data.ts';
import { firstFitting } from '../../../message/verdict-texts.ts';
import { noneMeantCard } from '../../dialogs/none-meant-card.ts';
import { asideBlocks } from '../../dialogs/effect-blocks.ts';
import { blockedOfferBlocks, isBlockedOffer } from '../../wording/ruled-words.ts';
import { subnetText } from '../../parts/create-vm.ts';
import type { Drawing } from '../../dialogs/dialog-kind.ts';
import { seeLeftovers } from '../delete-drill/words.ts';
import { dialogButton, navigation } from '../../dialogs/dialog-buttons.ts';
import { because } from '../../dialogs/said.ts';
import { guardBlocks } from '../../dialogs/guard.ts';
import type { Restorable } from '../../restore/restore-disks/found.ts';
import { tierOf, tierText } from '../../wording/point-tier.ts';
import { drillPlan, hindranceOf, pointsOf } from './choice.ts';
import type { Hindrance } from '../../parts/drill-books.ts';
import type { DrillKnown, FoundForDrill } from './found.ts';
import type { DrillPart } from '../../parts/drill.ts';
import { openingText } from './words.ts';

type DrillDrawing = Drawing<DrillKnown>;

/** Renders it. */
export function drawDrill(drawing: DrillDrawing): CardMessage {
  const { words, known, status, next } = drawing;
  const { found } = known;
  const vm = found?.restorable?.calledAs ?? known.args?.[0] ?? '';
  if (status === 'checking' || next === 'found' || !found)
    return { template: 'notice', data: { mark: 'busy', title: words.say('looking.title', { vm }) } };
  if (!found.restorable) return noneMeantCard(drawing, { asked: vm, command: 'drill', ...found });
  const hindrance = hindranceOf(found);
  return hindrance === null
    ? sureCard(drawing, found, found.restorable)
    : notPossibleCard(drawing, { found, restorable: found.restorable, hindrance });
}

type NotPossible = { readonly found: FoundForDrill; readonly restorable: Restorable; readonly hindrance: Hindrance };

/** Why there can be no drill, and what to write or to close. */
function notPossibleCard(drawing: DrillDrawing, { found, restorable, hindrance }: NotPossible): CardMessage {
  const { words } = drawing;
  const { say } = words;
  const again = dialogButton(drawing, { title: say('button.check-again'), verb: 'again', style: 'positive' });
  const openings = (found.openings ?? []).map((one): Block => ({ kind: 'text', text: openingText(words, one) }));
  const lacks: Block[] = hindrance === 'no-rights' ? [{ kind: 'code', lines: [...(found.lacks ?? [])] }] : [];
  const entry = `- { vm: ${restorable.vm.name}, group: <id>, subnet: <id>, staging: <id> }`;
  const example: Block[] = hindrance === 'no-setup' ? [{ kind: 'code', lines: ['drills:', entry] }] : [];
  return {
    template: 'sheet',
    data: {
      mark: 'block',
      title: firstFitting([
        say('drill.not-possible-because', { vm: restorable.calledAs, why: say(`drill.short-${hindrance}`) }),
        say('drill.not-possible', { vm: restorable.calledAs }),
      ]),
      why: say(`drill.why-${hindrance}`),
      body: [...because(drawing), ...openings, ...lacks, ...example],
      buttons: [again, ...(hindrance === 'taken' ? [seeLeftovers(words)] : []), ...navigation(drawing, 'button.close')],
    },
  };
}

function sureCard(drawing: DrillDrawing, found: FoundForDrill, restorable: Restorable): CardMessage {
  const { words, known, planText } = drawing;
  const { say } = words;
  const [newest] = pointsOf(found);
  const plan = drillPlan({ found, point: known.point ?? newest?.name ?? '' });
  const part = plan?.parts[0] as DrillPart | undefined;
  const text = plan && planText(plan);
  const hours = Math.round((found.setup?.keepMs ?? 0) / 3_600_000);
  return {
    template: 'sheet',
    data: {
      mark: 'ask',
      title: say('drill.sure', { vm: restorable.calledAs }),
      why: say(found.setup?.from === 'vault' ? 'drill.what-vault' : 'drill.what', { vm: part?.name ?? '', hours }),
      body: [
        ...because(drawing),
        ...guardBlocks(words, restorable),
        ...(text ? asideBlocks(text) : []),
        ...blockedOfferBlocks(words, drawing.blockedOffers),
      ],
      buttons: [...goButton(drawing, known.point ?? newest?.name ?? ''), ...navigation(drawing)],
      note: say('drill.writes-no-key', { vm: restorable.calledAs }),
      line: [
        newest
          ? `${say('closing.point')}: ${words.dateTime(new Date(newest.time))}, ${tierText(words, tierOf(newest))}`
          : '',
        part?.targetGroup.name ?? '',
        part ? subnetText(part) : '',
      ].join(' · '),
      details: text
        ? [
            { title: say('fold.plan'), body: [text.lines, ...text.remarks] },
            { title: say('fold.commands'), body: [text.commands] },
          ]
        : [],
    },
  };
}

function goButton(drawing: DrillDrawing, point: string): Button[] {
  if (isBlockedOffer(drawing, 'drill')) return [];
  const title = drawing.words.say('button.drill');
  const go = { title, verb: 'submit', data: { go: 'drill', point }, withInputs: false, style: 'positive' as const };
  return [dialogButton(drawing, go)];
}
