/**
 * Types every `az` command that the product shows into a shell, with the real Azure CLI and a simulated Azure, and
 * tells what it came to: exit code, what is different in Azure, or what was printed. `npm run try:az`, with `az` on the
 * PATH; without it it says so and ends. `-- restore` tries only those in which that occurs. Exit code 1: one doesn't
 * work.
 */
import { AzureCli, azMissing } from './support/azure-cli.ts';
import { shownCommands } from './support/shown-commands.ts';
import { tryCommand } from './support/try-command.ts';

const missing = azMissing();
if (missing !== null) {
  console.log(`skipped: ${missing}`);
  process.exit(0);
}

const shownOf = { changes: 2, width: 160 };
const wanted = process.argv[2] ?? '';
await using cli = await AzureCli.start();
for (const [line, where] of await shownCommands()) {
  if (!line.includes(wanted)) continue;
  const { typed, code, how, faults, asked, changed, out } = await tryCommand(cli, line);
  const proofs = [how.changes, how.asks].filter((one) => one !== undefined);
  const told = [...changed, ...asked].filter((each) => proofs.some((one) => one.test(each)));
  const lines = told.length > 0 ? told.slice(0, shownOf.changes) : [`printed ${out.trim().replace(/\s+/g, ' ')}`];
  console.log(
    `${faults.length === 0 ? '✓' : '✗'} ${typed}\n  ${where} → ${code}${how.onlySent ? ` (only sent: ${how.onlySent})` : ''}`,
  );
  for (const one of faults.length > 0 ? faults : lines) console.log(`  ${one.slice(0, shownOf.width)}`);
  if (faults.length > 0) process.exitCode = 1;
}
