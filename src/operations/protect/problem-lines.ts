/** What is not in order, the worst first: what was found, why it matters, and what mends it. */
import type { Block, Step } from '../../message/card-data.ts';
import type { Words } from '../../message/words.ts';
import type { Finding } from '../../readiness/finding.ts';
import { fixBlocks } from '../../message/fix-blocks.ts';

/** The lines on every finding that is not in order. A missing grant is told by lines of its own, so it is left out here; so is what stands aside. */
export function problemBlocks(words: Words, findings: readonly Finding[]): Block[] {
  const open = findings.filter((finding) => finding.verdict !== 'ok' && !finding.aside && !isAccess(finding));
  return open.flatMap((finding) => problemOf(words, finding));
}

/** A finding as a line of a list: its sign, its title, and what was found. */
export function checkLine(words: Words, finding: Finding): Step {
  const { title, text } = words.finding(finding);
  return { state: stateOf(finding), text: title, note: text };
}

function problemOf(words: Words, finding: Finding): Block[] {
  const steps: Block = { kind: 'steps', steps: [checkLine(words, finding)] };
  if (finding.code === 'kek.rule-refuses') return [steps, ...waysAroundTheRule(words)];
  const { fix } = words.finding(finding);
  return [steps, ...(fix === null || isNoMatterOfRights(finding) ? [] : fixBlocks(fix))];
}

/** What mends a read that failed is a right; where Azure was silent, busy or garbled, that would be invented advice. */
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

function stateOf({ verdict }: Finding): 'done' | 'failed' | 'warn' | 'unknown' {
  return ({ ok: 'done', block: 'failed', warn: 'warn', unknown: 'unknown' } as const)[verdict];
}
