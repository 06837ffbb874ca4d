import { spawnSync } from 'node:child_process';

/**
 * What each `az` of a command line gets as its arguments, one after the other, when bash runs it. There is nothing else
 * that it could run; throws if it tries.
 */
export function argumentsIn(line: string): string[] {
  const script = `az() { printf '%s\\0' "$@"; }; PATH=/nowhere\n${line}`;
  const { status, stdout, stderr } = spawnSync('/bin/bash', ['--norc', '--noprofile', '-c', script], {
    encoding: 'utf8',
  });
  if (status !== 0 || stderr !== '') throw new Error(`bash says ${status} ${stderr} of: ${line}`);
  return stdout.split('\0').slice(0, -1);
}
