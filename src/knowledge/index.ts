export { automationSlugs } from './automation.ts';
export { diagnose, type Diagnosis, type Failure } from './diagnose.ts';
export { entries, entryById } from './entries.ts';
export { automation, type Entry } from './entry.ts';
export { fixesFor, type About } from './fixes-for.ts';
export { shortOf, wordsOf } from './words.ts';
