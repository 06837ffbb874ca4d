/** I7: no key material in the log or in any row. The simulator's keys begin with a word that can be searched for. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Queries } from '../../src/store/database.ts';
import type { Tables } from '../../src/store/schema.ts';
import { findings, type Finding } from './findings.ts';

const material = /SIMULATED-KEY-MATERIAL|U0lNVUxBVEVELUtFWS1NQVRFUklBT|JkF6dXJlS2V5VmF1|"(secretData|keyBackupData)"/;
const token = /Bearer\s+kluis-|eyJ[\w-]{20,}\./;

const tables: readonly (keyof Tables)[] = [
  'inbound',
  'conversation',
  'dialog',
  'message',
  'operation',
  'attempt',
  'inventory',
  'audit',
  'job',
  'alert',
  'scheduled_post',
];

/** Searches the rows of all tables and the lines of the log. */
export async function checkSecrets(q: Queries, logFile: string): Promise<Finding[]> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await q
      .selectFrom(table as 'audit')
      .selectAll()
      .execute();
    for (const row of rows) if (isSecret(JSON.stringify(row))) found.push(`a row of ${table}`);
  }
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(logFile) })) {
    line += 1;
    if (isSecret(text)) found.push(`line ${line} of the log`);
  }
  return findings('no key material and no token is written down', found);
}

function isSecret(text: string): boolean {
  return material.test(text) || token.test(text);
}
