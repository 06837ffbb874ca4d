import { z } from 'zod';
import { ok, problem, type Finding } from '../finding.ts';

const about = 'Simulator';
const answerShape = z.object({ simulator: z.literal('kluis'), speed: z.number(), now: z.string().optional() });

/**
 * Looks for the simulator where the product expects it. `url` is null if it isn't running: then nothing else of Azure
 * can be checked.
 */
export async function checkSimulator(
  port: number,
): Promise<{ readonly url: string | null; readonly findings: readonly Finding[] }> {
  const url = `http://127.0.0.1:${port}`;
  try {
    const answer = await fetch(`${url}/_sim`, { signal: AbortSignal.timeout(3000) });
    const { speed } = answerShape.parse(await answer.json());
    return { url, findings: [ok(about, `answers on ${url}, ${speed} times as fast as Azure`)] };
  } catch (error) {
    const isNobody = ((error as Error).cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';
    if (isNobody)
      return {
        url: null,
        findings: [ok(about, "isn't running (npm start runs it), so nothing in Azure was checked")],
      };
    const remedy = 'Set KLUIS_SIM_PORT to a free port, or stop what uses that one';
    return { url: null, findings: [problem(about, `something else answers on ${url}`, remedy)] };
  }
}
