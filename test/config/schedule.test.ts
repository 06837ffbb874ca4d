/** Days and times of day in `kluis.yaml`. */
import { expect, test } from '@jest/globals';
import { parseKluisYaml } from '../../src/config/kluis-yaml.ts';
import { sayProblem } from '../../src/config/problem.ts';

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const read = (text: string) => parseKluisYaml(text, 'kluis.yaml');

test.each([
  ['weekdays 08:30', weekdays, '08:30'],
  ['Daily  7:05', [...weekdays, 'saturday', 'sunday'], '07:05'],
  ['sunday 23:59', ['sunday'], '23:59'],
])('a digest %s', (text, days, time) => {
  expect(read(`channels: [{ id: C1, digest: '${text}' }]`)).toMatchObject({
    config: { channels: [{ digest: { days, time } }] },
  });
});

test.each([
  ['weekday 08:30', /channels\[0\]\.digest: it begins with none of: daily, weekdays, .*; did you mean weekdays\?/],
  ['sometimes 08:30', /it begins with none of: daily, .*sunday\. Write days and a time of day: weekdays 08:30/],
  ['constructor 08:30', /it begins with none of/],
  ['08:30', /it begins with none of/],
  ['daily', /it needs one time of day after the days/],
  ['daily 24:00', /it needs one time of day/],
  ['daily 8:5', /it needs one time of day/],
  ['daily 08:30 17:00', /it needs one time of day/],
  ['', /it is empty/],
])('%j is no valid digest, and the problem says why', (text, wrong) => {
  const parsed = read(`channels: [{ id: C1, digest: '${text}' }]`);
  expect('problems' in parsed && parsed.problems.map(sayProblem)).toEqual([expect.stringMatching(wrong)]);
});

test.each([
  ['{}', { daily: '16:00', allClear: false }],
  ['{ daily: 7:00, allClear: true }', { daily: '07:00', allClear: true }],
  ['{ daily: off }', { daily: null, allClear: false }],
])('forecast: %s', (text, forecast) => expect(read(`forecast: ${text}`)).toMatchObject({ config: { forecast } }));

test.each(['24:00', 'noon', '16', "''"])('%s is no valid time for a forecast', (time) => {
  const parsed = read(`forecast: { daily: ${time} }`);
  expect('problems' in parsed && parsed.problems.map(sayProblem)).toEqual([
    expect.stringMatching(/forecast\.daily: .*Write a time of day such as 16:00, or off/),
  ]);
});
