/**
 * `npm run doctor`: looks at settings, `kluis.yaml`, the database, the identities, Azure's rights, the directory, Teams
 * and the manifests; says how each stands and how to mend it. It changes nothing. Exit code 0 only without problems.
 */
import { readSettings } from '../config/settings.ts';
import { goThroughProxy } from '../outbound/proxy.ts';
import { examine, secretsOf } from './doctor/examine.ts';
import { printed } from './doctor/print.ts';

// A proxy that is none is among the findings, and nothing could be sent through it.
if ('settings' in readSettings(process.env)) goThroughProxy(process.env);
const findings = await examine(process.env);
console.log(printed(findings, secretsOf(process.env)));
process.exitCode = findings.some(({ verdict }) => verdict === 'problem') ? 1 : 0;
