/** The problems, the worst first: what was found, why it matters, and how to fix it. */
import type { Block, Section, Step } from '../../../../message/card-data.ts';
import type { Words } from '../../../../message/words.ts';
import type { Finding } from '../../../../readiness/findings/finding.ts';
import { fixBlocks } from '../../../../message/rendering/fix-blocks.ts';
import { isKeyGone, keysGone, type Problem } from '../keys-gone.ts';

/**
 * The texts about the problems of a VM: `why` in one sentence, `next` what has to be read before pressing, `details`
 * the rest.
 */
export type Told = { readonly why: string[]; readonly next: Block[]; readonly details: readonly Section[] };

/**
 * The worst finding gives the reason, and its fix if that is the next step; the others are shown by title, with their
 * fixes in the details. A missing grant has its own lines, and ignored findings aren't shown.
 */
export function problemsTold(words: Words, findings: readonly Finding[], isStopped: boolean): Told {
  const problems = problemsIn(
    words,
    findings.filter((finding) => finding.verdict !== 'ok' && !finding.aside && !isAccess(finding)),
  );
  const [first, ...others] = problems.toSorted((a, b) => weightOf(a) - weightOf(b));
  if (!first) return { why: [], next: [], details: [] };
  const steps: Block[] =
    others.length > 0
      ? [{ kind: 'steps', steps: others.map((one) => ({ state: stateOf(one), text: one.title })) }]
      : [];
  const rest = isStopped ? others : problems;
  return {
    why: [first.text],
    next: [...(isStopped ? first.fix : []), ...steps],
    details: rest.map(({ title, text, fix }) => ({ title, body: [{ kind: 'text', text }, ...fix] })),
  };
}

function problemsIn(words: Words, findings: readonly Finding[]): Problem[] {
  const gone = findings.filter(isKeyGone);
  const together = gone.length > 1 ? [keysGone(words, gone)] : [];
  const others = together.length > 0 ? findings.filter((finding) => !isKeyGone(finding)) : findings;
  return [...together, ...others.map((finding) => problemOf(words, finding))];
}

function problemOf(words: Words, finding: Finding): Problem {
  const { title, text } = words.finding(finding);
  return { verdict: finding.verdict, title, text, fix: fixOf(words, finding) };
}

function weightOf({ verdict }: Problem): number {
  return ['block', 'warn', 'unknown', 'ok'].indexOf(verdict);
}

/**
 * A finding as a line of a list: its icon, its title, and what was found; a passed check without a fact has only the
 * title.
 */
export function checkLine(words: Words, finding: Finding): Step {
  const { title, text } = words.finding(finding);
  const isSaid = finding.verdict === 'ok' && Object.keys(finding.params).length === 0;
  return { state: stateOf(finding), text: title, ...(!isSaid && { note: text }) };
}

function fixOf(words: Words, finding: Finding): Block[] {
  if (finding.code === 'kek.rule-refuses') return waysAroundTheRule(words);
  const { fix } = words.finding(finding);
  return fix === null || isNoMatterOfRights(finding) ? [] : fixBlocks(fix);
}

/** A failed read is fixed by a permission; if Azure was silent, busy or garbled, that advice would be made up. */
function isNoMatterOfRights({ verdict, params }: Finding): boolean {
  return verdict === 'unknown' && params['why'] !== undefined && params['why'] !== 'forbidden';
}

function waysAroundTheRule({ say }: Words): Block[] {
  const items = [
    { text: say('rule.way-exception'), note: say('rule.way-exception-note') },
    { text: say('rule.way-change'), note: say('rule.way-change-note') },
    { text: say('rule.way-kek'), note: say('rule.way-kek-note') },
  ];
  return [
    { kind: 'list', ordered: true, heading: say('rule.ways'), items },
    { kind: 'text', text: say('rule.no-decrypt'), tone: 'quiet' },
  ];
}

function isAccess({ code, verdict }: Finding): boolean {
  return verdict === 'block' && /^rights\.(policies|roles)-missing$/.test(code);
}

function stateOf({ verdict }: Pick<Finding, 'verdict'>): 'done' | 'failed' | 'warn' | 'unknown' {
  return ({ ok: 'done', block: 'failed', warn: 'warn', unknown: 'unknown' } as const)[verdict];
}
