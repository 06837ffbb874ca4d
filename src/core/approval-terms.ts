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
  /** Of the approvers only these count: somebody of each entry. Absent: every approver does. */
  readonly named?: readonly NamedApprovers[];
  /** Who is informed of it and not asked. */
  readonly quiet?: readonly string[];
  /** Once approved it does not start automatically: the requester starts it. */
  readonly startedBy?: 'requester';
};

/** Who counts, and who else does after half of the time. */
export type NamedApprovers = { readonly approvers: readonly string[]; readonly fallback: readonly string[] };

/** Of two terms, the stricter in each respect: somebody who doesn't count in one of them doesn't count. */
export function stricterTerms(a: ApprovalTerms, b: ApprovalTerms): ApprovalTerms {
  return {
    approvals: Math.max(a.approvals, b.approvals),
    withinMs: Math.min(a.withinMs, b.withinMs),
    startMs: Math.min(a.startMs, b.startMs),
    ...bothPeople(a, b),
  };
}

/** Everybody named in either of two terms, and a start by the requester if either requires that. */
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
