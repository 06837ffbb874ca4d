/** The words after a command, which is how most dialogs begin. Pure. */
import type { z } from 'zod';
import type { Json } from '../core/json.ts';
import { refuse } from '../core/refusal.ts';
import type { Parsed } from '../dialog/flow.ts';

/** The first step of a dialog: takes the words as `schema` has them, and refuses others as no name. */
export function argsStep(schema: z.ZodType<Json>) {
  const parse = (input: unknown): Parsed => {
    const parsed = schema.safeParse(input);
    return parsed.success ? { value: parsed.data } : refuse('bad-name', { given: '' });
  };
  return { kind: 'ask' as const, id: 'args', parse };
}
