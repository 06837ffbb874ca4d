export { diagnose, type Diagnosis } from './diagnose.ts';
export { automation, isMendedByBackup, isRetried, type Entry } from './entry.ts';
export { errorKey, fragmentOf } from './error-key.ts';
export { fixesFor, type About } from './fixes-for.ts';
export { shortOf, wordsOf } from './words.ts';
