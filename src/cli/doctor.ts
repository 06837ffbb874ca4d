/**
 * `npm run doctor`: looks at settings, `kluis.yaml`, the database, the identities, Azure's rights, the directory, Teams
 * and the manifests; says how each stands and how to mend it. It changes nothing. Exit code 0 only without problems.
 */
import { examine, secretsOf } from './doctor/examine.ts';
import { printed } from './doctor/print.ts';

const findings = await examine(process.env);
console.log(printed(findings, secretsOf(process.env)));
process.exitCode = findings.some(({ verdict }) => verdict === 'problem') ? 1 : 0;
