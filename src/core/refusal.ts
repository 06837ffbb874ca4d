/**
 * A refusal is an answer, not an error: "you can't, because…". Its code is worded in both languages under
 * `refusal.<code>`; `params` fill the wording and are escaped there. What we or Azure broke is thrown as a fault.
 */
export type Refusal = {
  readonly refused: RefusalCode;
  readonly params: Readonly<Record<string, string | number>>;
};

/**
 * Every refusal there is. Each is worded in English and Dutch and listed in
 * docs/refusals.md; a test compares the three.
 */
export const refusalCodes = [
  'outdated-card',
  'first-step',
  'dialog-closed',
  'not-offered',
  'not-allowed',
  'denied-by-rule',
  'too-few-approvals',
  'not-from-channel',
  'read-only',
  'needs-approval',
  'lacks-azure-role',
  'azure-role-conditional',
  'denied-in-azure',
  'azure-roles-unread',
  'not-in-entra',
  'bad-name',
  'name-too-long',
  'too-many-names',
  'bad-day',
  'no-such-restore',
  'staging-shut',
  'bad-vm-name',
  'vm-name-taken',
  'subnet-full',
  'size-without-ade',
  'not-the-name',
  'unreadable-click',
  'unknown-dialog',
  'not-looked-yet',
  'lookup-given-up',
  'got-worse',
  'revived',
  'policy-of-another-vault',
  'policy-not-created',
  'job-not-running',
  'files-deleted',
  'restore-goes-on',
  'not-trusted-now',
  'not-linked',
  'no-account',
  'request-closed',
  'not-your-request',
  'own-request',
  'not-your-start',
  'own-review',
  'changed-it',
  'voted-already',
  'not-needed',
  'not-approver',
  'no-guests',
  'other-plan',
  'unreadable-plan',
  'reason-missing',
  'not-break-glass',
  'no-reviewer',
  'own-break-glass',
  'break-glass-name',
  'break-glass-reason',
  'break-glass-limit',
  'exception-reason',
  'restore-reason',
  'exception-date',
  'drills-date',
  'standing-not-enough',
  'ticket-missing',
  'ticket-wrong',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Makes a refusal. */
export function refuse(refused: RefusalCode, params: Refusal['params'] = {}): Refusal {
  return { refused, params };
}

/** Whether an outcome is a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}
