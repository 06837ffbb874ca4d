/**
 * What a rule asks of a request for approval. People are named as in `kluis.yaml` (`user:<id>`, `group:<id>`,
 * `everyone`), so that a stored request reads as the rule stood when it was made.
 */
export type ApprovalTerms = {
  readonly approvals: number;
  /** For how long it waits for them, in milliseconds. */
  readonly withinMs: number;
  /** How long after the last approval the plan may still start, in milliseconds. */
  readonly startMs: number;
  /** Of the approvers only these count: somebody of each entry. Absent: every approver does. */
  readonly named?: readonly NamedApprovers[];
  /** Who is told of it and not asked. */
  readonly quiet?: readonly string[];
  /** Once approved it does not start by itself: whoever asked starts it. */
  readonly startedBy?: 'requester';
};

/** Who counts, and who else does once half of the time is over. */
export type NamedApprovers = { readonly approvers: readonly string[]; readonly fallback: readonly string[] };

/** Of two terms, the stricter in each respect: whoever one of them does not count, does not count. */
export function stricterTerms(a: ApprovalTerms, b: ApprovalTerms): ApprovalTerms {
  return {
    approvals: Math.max(a.approvals, b.approvals),
    withinMs: Math.min(a.withinMs, b.withinMs),
    startMs: Math.min(a.startMs, b.startMs),
    ...bothPeople(a, b),
  };
}

/** Everybody whom either of two terms names, and a start by whoever asked where either wants that. */
export function bothPeople(a: ApprovalTerms, b: ApprovalTerms): Pick<ApprovalTerms, 'named' | 'quiet' | 'startedBy'> {
  const named = distinct([...(a.named ?? []), ...(b.named ?? [])]);
  const quiet = distinct([...(a.quiet ?? []), ...(b.quiet ?? [])]);
  return {
    ...(named.length > 0 && { named }),
    ...(quiet.length > 0 && { quiet }),
    ...((a.startedBy ?? b.startedBy) && { startedBy: 'requester' as const }),
  };
}

function distinct<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
