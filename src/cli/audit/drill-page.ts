/** The report of a restore drill as a page to print, in the reader's language. Pure. */
import { z } from 'zod';
import type { DrillFile } from '../../audit/drill-file.ts';
import { parseArmId } from '../../core/arm-id.ts';
import { ownOf } from '../../core/own-of.ts';
import type { Locale } from '../../core/person.ts';
import { words, type Words } from '../../message/words.ts';
import { en } from '../../message/wording/en.ts';
import { encryptedWord } from '../../operations/wording/encrypted-word.ts';
import { tierText } from '../../operations/wording/point-tier.ts';

const step = z.object({
  does: z.string(),
  outcome: z.string(),
  began: z.string().nullable(),
  ended: z.string().nullable(),
  because: z.string().nullable(),
});
const disk = z.object({
  ...{ name: z.string(), encrypted: z.boolean().nullable() },
  customerKey: z.literal(true).optional(),
});
const checks = z.object({
  ...{ running: z.boolean().nullable(), agent: z.string().nullable(), disks: z.array(disk) },
  notTested: z.array(z.string()).default([]),
});

/** What can be read of a report; a field that isn't here is printed as it is. */
const readable = z
  .object({
    vm: z.string(),
    result: z.enum(['succeeded', 'failed']),
    recoveryPoint: z.string(),
    recoveryPointTier: z.string().nullable(),
    startedBy: z.string(),
    began: z.string(),
    ended: z.string(),
    minutes: z.number(),
    restoredInto: z.string(),
    subnet: z.string(),
    checks,
    deleted: z.array(z.string()),
    left: z.array(z.string()),
    steps: z.array(step),
    operation: z.string(),
  })
  .partial();

type Report = z.infer<typeof readable>;
type Row = readonly [title: string, ...lines: readonly string[]];

/** The page. */
export function drillPage({ report, signature }: DrillFile, locale: Locale): string {
  const said = words({ locale, timeZone: 'UTC', simulated: false });
  const read = readable.safeParse(report).data ?? {};
  const others = Object.entries(report).filter(([name]) => name !== 'kluisDrill' && !Object.hasOwn(read, name));
  const rows: Row[] = [
    ...rowsOf(said, read),
    ...others.map(([name, value]): Row => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  ];
  const title = escaped(titleOf(said, read));
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<title>${title}</title>
<style>body { font: 11pt/1.4 sans-serif; margin: 2cm } th { text-align: left; vertical-align: top; padding-right: 1em } td { overflow-wrap: anywhere }</style>
<h1>${title}</h1>
<table>
${rows.map(([name, ...lines]) => `<tr><th>${escaped(name)}</th><td>${lines.map(escaped).join('<br>')}</td></tr>`).join('\n')}
</table>
<p>${escaped(said.say('drill-report.proof'))} npm run audit:verify -- --drill file</p>
<p>${escaped(said.say('drill-report.signature'))}: <code style="overflow-wrap: anywhere">${escaped(signature)}</code></p>
</html>
`;
}

function titleOf({ say }: Words, { vm, result }: Report): string {
  const name = (vm && parseArmId(vm)?.name) ?? vm ?? '–';
  return result ? say(`drill-report.${result}`, { vm: name }) : say('drill-report.title', { vm: name });
}

function rowsOf(said: Words, report: Report): Row[] {
  const { say } = said;
  const { vm, recoveryPoint, recoveryPointTier, startedBy, began, ended, minutes } = report;
  const { restoredInto, subnet, deleted, left, operation } = report;
  const listed = (ids: readonly string[]) => (ids.length > 0 ? ids : [say('drill-report.nothing')]);
  const rows: readonly (readonly [title: string, lines: readonly string[] | undefined])[] = [
    ['VM', vm === undefined ? undefined : [vm]],
    [say('drill-report.point'), timed(said, recoveryPoint)],
    [say('drill-report.tier'), recoveryPointTier ? [tierText(said, recoveryPointTier)] : undefined],
    [say('job.started-by'), startedBy === undefined ? undefined : [starter(said, startedBy)]],
    [say('job.start'), timed(said, began)],
    [say('drill-report.ended'), timed(said, ended)],
    [say('job.took'), minutes === undefined ? undefined : [said.duration(minutes * 60_000)]],
    [say('drill-report.group'), restoredInto === undefined ? undefined : [restoredInto]],
    [say('created.network'), subnet === undefined ? undefined : [subnet]],
    ...checked(said, report.checks),
    [say('drill-report.steps'), report.steps?.map((_, at, all) => stepLine(said, all, at))],
    [say('drill-report.deleted'), deleted && listed(deleted)],
    [say('drill-report.left'), left && listed(left)],
    [say('drill-report.operation'), operation === undefined ? undefined : [operation]],
  ];
  return rows.flatMap(([title, lines]): Row[] => (lines === undefined ? [] : [[title, ...lines]]));
}

function checked({ say }: Words, found: Report['checks']): [string, string[]][] {
  if (!found) return [];
  const { running, agent, disks, notTested } = found;
  const runs = running === null ? 'drill-report.not-checked' : running ? 'checked.yes' : 'checked.no';
  const version = agent ?? say('checked.unknown');
  return [
    [say('checked.running'), [say(runs)]],
    [
      say('checked.agent'),
      [disks.length === 0 ? say('drill-report.not-checked') : say('checked.answers', { version })],
    ],
    [
      say('checked.disks'),
      disks.length === 0
        ? [say('drill-report.not-checked')]
        : disks.map((one) => `${one.name}: ${say(encryptedWord(one))}`),
    ],
    ...(notTested.length > 0
      ? [
          [
            say('drill-report.not-tested'),
            [say('checked.closed', { count: notTested.length }), ...notTested],
          ] satisfies [string, string[]],
        ]
      : []),
  ];
}

const outcomes = ['done', 'half-done', 'failed', 'cancelled', 'skipped'] as const;
const kinds = ['restore-disks', 'create-vm', 'check-vm', 'delete-drill', 'clean-up-staging'] as const;

/** One step: what it does, how and when it ended, and why it didn't go well. */
function stepLine(said: Words, all: readonly z.infer<typeof step>[], at: number): string {
  const { say } = said;
  const { does, outcome, ended, because } = all[at] as z.infer<typeof step>;
  const kind = kinds.find((one) => one === does);
  // The network is checked twice: before the restore, and after it.
  const network = all.slice(0, at).some((one) => one.does === 'drill') ? 'mark' : 'network';
  const what = does === 'drill' ? say(`drill-report.${network}`) : kind ? say(`drill-report.${kind}`) : does;
  const known = outcomes.find((one) => one === outcome);
  const how = known ? say(`drill-report.was-${known}`) : say('checked.unknown');
  const cause = because === null ? '' : ` (${causeOf(said, because)})`;
  return [`${what}: ${how}${cause}`, ...(timed(said, ended ?? undefined) ?? [])].join(' · ');
}

/** Kluis's own reasons have words; Azure's are quoted. */
function causeOf({ say }: Words, because: string): string {
  const key = `trouble.${because}`;
  return ownOf(en, key) === undefined ? because : say(key as Extract<keyof typeof en, `trouble.${string}`>);
}

function starter({ say }: Words, name: string): string {
  return name === 'schedule' || name === 'alert' ? say(`actor.${name}`) : name;
}

/** As a date and a time, if it is one. */
function timed(said: Words, iso: string | undefined): readonly string[] | undefined {
  if (!iso) return undefined;
  return Number.isNaN(Date.parse(iso)) ? [iso] : [said.dateTime(new Date(iso))];
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
