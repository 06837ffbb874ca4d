/** Comments that are wider than code may be; the formatter wraps code and leaves comments alone. */
import ts from 'typescript';

/** The lines of a file with a comment that are longer than `maxLength`, as `path:line`; a URL can't be wrapped. */
export function longComments(path: string, text: string, maxLength = 120): string[] {
  const lines = text.split('\n');
  const isTooLong = (line: string) => line.length > maxLength && !line.includes('://');
  const tooLong = lines.flatMap((line, at) => (isTooLong(line) && mayHaveComment(lines, at) ? [at] : []));
  if (tooLong.length === 0) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const commented = commentsOf(source).map(({ pos, end }) => ({ first: lineOf(pos), last: lineOf(end) }));
  return tooLong
    .filter((at) => commented.some(({ first, last }) => first <= at && at <= last))
    .map((at) => `${path}:${at + 1}`);
}

/** Whether one may begin in a line or go on in it, by the text alone: to parse a file takes much longer. */
function mayHaveComment(lines: readonly string[], at: number): boolean {
  if (/\/[/*]/.test(lines[at] ?? '')) return true;
  const opened = lines.findLastIndex((line, index) => index < at && line.includes('/*'));
  const closed = lines.findLastIndex((line, index) => index < at && line.includes('*/'));
  return opened >= 0 && closed <= opened;
}

/** Every comment in the order of the text: those before and those after each token. */
function commentsOf(source: ts.SourceFile): ts.CommentRange[] {
  const found = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    const parts = node.getChildren(source).filter((part) => !ts.isJSDoc(part));
    const leading = ts.getLeadingCommentRanges(source.text, node.pos) ?? [];
    const trailing = ts.getTrailingCommentRanges(source.text, node.end) ?? [];
    if (parts.length === 0) for (const each of [...leading, ...trailing]) found.set(each.pos, each);
    parts.forEach(visit);
  };
  visit(source);
  return [...found.values()];
}
