/**
 * The scope that ARM checks and names: the resource. For a list it is the parent; an action's last word (`/backup`) and
 * a bare namespace are no scope.
 */
export function scopeOf(path: string): string {
  const at = path.toLowerCase().lastIndexOf('/providers/');
  if (at < 0) return path.replace(/\/(resources|resourcegroups|providers|locations)$/i, '') || '/';
  const [namespace, ...rest] = path.slice(at + '/providers/'.length).split('/');
  if (rest.length % 2 === 1) rest.pop();
  if (rest.length === 0 || /^locations$/i.test(rest[0] ?? '')) return path.slice(0, at) || '/';
  return `${path.slice(0, at)}/providers/${[namespace, ...rest].join('/')}`;
}
