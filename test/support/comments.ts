/** Comments that are wider than code may be; the formatter wraps code and leaves comments alone. */
import ts from 'typescript';

/** The lines of a file with a comment that are longer than `maxLength`, as `path:line`; a URL can't be wrapped. */
export function longComments(path: string, text: string, maxLength = 120): string[] {
  const lines = text.split('\n');
  const tooLong = lines.flatMap((line, at) => (line.length > maxLength && !line.includes('://') ? [at] : []));
  if (tooLong.length === 0) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const commented = commentsOf(source).map(({ pos, end }) => ({ first: lineOf(pos), last: lineOf(end) }));
  return tooLong
    .filter((at) => commented.some(({ first, last }) => first <= at && at <= last))
    .map((at) => `${path}:${at + 1}`);
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
