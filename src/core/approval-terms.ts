/**
 * What a rule asks of a request for approval. People are named as in `kluis.yaml` (`user:<id>`, `group:<id>`,
 * `everyone`), so that a stored request still says what the rule was when it was made.
 */
export type ApprovalTerms = {
  readonly approvals: number;
  /** For how long it waits for them, in milliseconds. */
  readonly withinMs: number;
  /** How long after the last approval the plan can still start, in milliseconds. */
  readonly startMs: number;
  /** Of the approvers only these count, so many of each entry; one vote may serve several. Absent: every approver. */
  readonly named?: readonly NamedApprovers[];
  /** Who is informed of it and not asked. */
  readonly quiet?: readonly string[];
  /** Once approved it does not start automatically: the requester starts it. */
  readonly startedBy?: 'requester';
};

/** Who counts, who else does after half of the time, and how many of them have to; absent: as many as the terms say. */
export type NamedApprovers = {
  readonly approvers: readonly string[];
  readonly fallback: readonly string[];
  readonly approvals?: number;
};

/** The entries of named approvers, each with how many of them have to approve. */
export function entriesOf({ named = [], approvals }: ApprovalTerms): readonly Required<NamedApprovers>[] {
  return named.map((entry) => ({ ...entry, approvals: entry.approvals ?? approvals }));
}

/** The people of an entry as one text: what a vote says it serves. */
export function entryKey({ approvers, fallback }: NamedApprovers): string {
  return JSON.stringify([approvers, fallback]);
}

/** Of two terms, the stricter in each respect: somebody who doesn't count in one of them doesn't count. */
export function stricterTerms(a: ApprovalTerms, b: ApprovalTerms): ApprovalTerms {
  return {
    approvals: Math.max(a.approvals, b.approvals),
    withinMs: Math.min(a.withinMs, b.withinMs),
    startMs: Math.min(a.startMs, b.startMs),
    ...bothPeople(a, b),
  };
}

/**
 * The people named in either of two terms, who each keep their number, and a start by the requester if either requires
 * that. If only one names people, any approver still counts for the other.
 */
export function bothPeople(a: ApprovalTerms, b: ApprovalTerms): Pick<ApprovalTerms, 'named' | 'quiet' | 'startedBy'> {
  const isNamed = a.named !== undefined || b.named !== undefined;
  const named = isNamed ? distinct([...entriesOrAnybody(a), ...entriesOrAnybody(b)]) : [];
  const quiet = distinct([...(a.quiet ?? []), ...(b.quiet ?? [])]);
  return {
    ...(named.length > 0 && { named }),
    ...(quiet.length > 0 && { quiet }),
    ...((a.startedBy ?? b.startedBy) && { startedBy: 'requester' as const }),
  };
}

function entriesOrAnybody(terms: ApprovalTerms): readonly NamedApprovers[] {
  const anybody = { approvers: ['everyone'], fallback: [], approvals: terms.approvals };
  return terms.named === undefined ? [anybody] : entriesOf(terms);
}

function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
