export { diagnose, type Diagnosis } from './diagnose.ts';
export { automation, type Entry } from './entry.ts';
export { fixesFor, type About } from './fixes-for.ts';
export { shortOf, wordsOf } from './words.ts';
