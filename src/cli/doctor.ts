/**
 * `npm run doctor`: checks settings, `kluis.yaml`, the database, the identities, Azure's permissions, the directory,
 * Teams and the manifests; reports the state of each and how to fix it. With `--before`: what a deployment by whoever
 * is signed in here would be refused. It changes nothing. Exit code 0 only without problems; 2: wrong usage.
 */
import { parseArgs } from 'node:util';
import { readSettings } from '../config/settings.ts';
import { goThroughProxy } from '../outbound/proxy.ts';
import { examineBefore } from './doctor/before/examine-before.ts';
import { examine, secretsOf } from './doctor/examine.ts';
import { printed } from './doctor/print.ts';

const usage = 'Usage: npm run doctor [-- --before [--subscription ID]… [--region NAME]]';

function readOptions() {
  try {
    const options = {
      before: { type: 'boolean' },
      subscription: { type: 'string', multiple: true },
      region: { type: 'string' },
    } as const;
    const { before = false, subscription: subscriptions = [], region = null } = parseArgs({ options }).values;
    if (!before && (subscriptions.length > 0 || region !== null))
      throw new Error('--subscription and --region belong to --before');
    return { before, wanted: { subscriptions, region } };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

const asked = readOptions();
if ('problem' in asked) {
  console.error(`${asked.problem}\n${usage}`);
  process.exitCode = 2;
} else {
  // An invalid proxy is among the findings, and nothing could be sent through it.
  if ('settings' in readSettings(process.env)) goThroughProxy(process.env);
  const findings = await (asked.before ? examineBefore(process.env, asked.wanted) : examine(process.env));
  console.log(printed(findings, secretsOf(process.env)));
  process.exitCode = findings.some(({ verdict }) => verdict === 'problem') ? 1 : 0;
}
