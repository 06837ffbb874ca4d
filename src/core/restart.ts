/** Of these findings the VM's disks stay locked at its next start: it is off until a key or a key vault is back. */
const lostKeys: ReadonlySet<string> = new Set([
  ...(['key-vault.deleted', 'key-vault.gone', 'kek-version.absent', 'kek-version.disabled'] as const),
  ...(['secret.absent'] as const),
]);

/**
 * Whether a finding says that the VM won't start again once it is restarted. Every card that warns of a restart asks
 * this, by the finding's code.
 */
export function preventsRestart({ code }: { readonly code: string }): boolean {
  return lostKeys.has(code);
}
