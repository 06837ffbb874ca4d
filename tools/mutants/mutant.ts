/** A fault made on purpose: `from`, which occurs once in `file`, becomes `to`. A test that holds the code turns red. */
export type Mutant = {
  readonly id: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** What people would see of it. */
  readonly breaks: string;
  /** The tests that should notice; files or folders of `test`. */
  readonly tests: readonly string[];
};

type Row = readonly [id: string, from: string, to: string, breaks: string, ...tests: string[]];

/** The mutants of one file; a row may name tests of its own. */
export function mutantsOf(file: string, tests: readonly string[], rows: readonly Row[]): readonly Mutant[] {
  return rows.map(([id, from, to, breaks, ...own]) => ({
    ...{ id, file, from, to, breaks },
    tests: own.length > 0 ? own : tests,
  }));
}
