import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateFile } from '../../src/lab/teams/state-file.ts';
import { emptyState, type LabState, type Message } from '../../src/lab/teams/messages.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'kluis-kept-'))));
afterAll(() => rm(folder, { recursive: true }));

const message = (id: string, text: string): Message => ({
  id,
  conversation: 'a:lab-ana',
  from: { id: '28:kluis', name: 'Kluis' },
  revisions: [{ text, textFormat: 'plain', attachments: [], entities: [], at: '2026-11-25T09:00:00Z' }],
  revision: 1,
  answers: {},
});
const textsOf = ({ messages }: LabState) => messages.map(({ revisions }) => revisions.at(-1)?.text);
const linesOf = async (path: string) => (await readFile(path, 'utf8')).trimEnd().split('\n');

test('changes are appended to the saved state, and survive a kill in the middle of a line', async () => {
  const path = join(folder, 'lab.json');
  const [one, other] = [message('1', 'one'), message('2', 'other')];
  const state: LabState = { ...emptyState(), messages: [one, other] };
  const file = stateFile(path);
  await file.save(state, 'all');
  one.revisions.push({ ...one.revisions[0]!, text: 'one, edited' });
  await file.save(state, one);
  state.opened.push('a:lab-ana');
  await file.save(state, null);
  const third = message('3', 'third');
  state.messages.push(third);
  await Promise.all([file.save(state, third), file.save(state, other)]);
  const lines = await linesOf(path);
  expect(lines.slice(1).map((line) => textsOf(JSON.parse(line) as LabState))).toEqual([
    ['one, edited'],
    [],
    ['third', 'other'],
  ]);
  expect(stateFile(path).load()).toEqual(state);
  await appendFile(path, lines[1]!.slice(0, -20));
  expect(stateFile(path).load()).toEqual(state);
});

test('a file that has grown is rewritten as a whole', async () => {
  const path = join(folder, 'grown.json');
  const long = message('1', 'x'.repeat(400_000));
  const state: LabState = { ...emptyState(), messages: [long] };
  const file = stateFile(path);
  const counts: number[] = [];
  for (let times = 0; times < 6; times += 1) {
    await file.save(state, long);
    counts.push((await linesOf(path)).length);
  }
  expect(counts).toEqual([1, 2, 3, 4, 1, 2]);
  expect(stateFile(path).load()).toEqual(state);
});

test('the file of an older release is read, and an invalid one is ignored', async () => {
  const path = join(folder, 'older.json');
  const state: LabState = { ...emptyState(), messages: [message('1', 'kept')] };
  await writeFile(path, JSON.stringify(state));
  expect(stateFile(path).load()).toEqual(state);
  await writeFile(path, 'no state');
  expect(stateFile(path).load()).toEqual(emptyState());
});
