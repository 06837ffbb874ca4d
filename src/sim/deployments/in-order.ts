import type { TemplateResource } from '../state/state-deployments.ts';
import { same } from '../ids.ts';
import { invalidTemplate } from './invalid-template.ts';

/**
 * A template's resources, each after its dependencies, which are then given by ID. A dependency may be written as an
 * ID, as `type/name` or as a bare name; one that isn't in the template is refused, and so is a circle.
 */
export function inOrder(resources: readonly TemplateResource[]): TemplateResource[] {
  const waiting = resources.map((one) => ({ ...one, dependsOn: one.dependsOn.map((on) => idIn(resources, on)) }));
  const ordered: TemplateResource[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex((one) => one.dependsOn.every((on) => ordered.some(({ id }) => same(id, on))));
    const [next] = at < 0 ? [] : waiting.splice(at, 1);
    if (!next) {
      throw invalidTemplate(
        `Circular dependency detected on resource: '${waiting[0]?.id ?? ''}'. Please see https://aka.ms/arm-syntax-resources for usage details.`,
      );
    }
    ordered.push(next);
  }
  return ordered;
}

function idIn(resources: readonly TemplateResource[], on: string): string {
  const found = resources.find(({ id, type, name }) => [id, `${type}/${name}`, name].some((known) => same(known, on)));
  if (found) return found.id;
  throw invalidTemplate(
    `The resource '${on}' is not defined in the template. Please see https://aka.ms/arm-syntax for usage details.`,
  );
}
