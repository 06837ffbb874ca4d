/**
 * OpenTelemetry traces, if its standard environment variables name a collector: from an event, through the stages of
 * its operation, to each call to Azure. What an event causes passes through a queue and other processes: there both
 * sides carry the row's ID. IDs are attributes; text that people wrote and Azure's responses never are.
 */
import { context, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Metrics } from '../core/metrics.ts';
import { agentTo } from '../outbound/proxy.ts';

/** The same metrics, traced as well; `end` sends what is left. */
type Tracing = { traced(metrics: Metrics): Metrics; end(): Promise<void> };

const tracer = trace.getTracer('kluis');

/** Starts tracing; the SDK reads the collector's address (`to`) and everything else from the environment. */
export function startTracing(to: string): Tracing {
  const resource = resourceFromAttributes({ 'service.name': 'kluis' }).merge(
    detectResources({ detectors: [envDetector] }),
  );
  const exporter = new OTLPTraceExporter({
    httpAgentOptions: () => agentTo(to, { keepAlive: true }),
  });
  const provider = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
  provider.register();
  return {
    traced: (metrics) => ({
      ...metrics,
      within: (name, ids, work) => within(name, ids, () => metrics.within(name, ids, work)),
      woken: (work) => {
        metrics.woken(work);
        // A wake-up outside any piece of work, such as a sweep's, has nothing to find it by.
        if (trace.getActiveSpan()) for (const { to, id } of work) ended(`wake ${to}`, { id }, 0);
      },
      azureCall: (call) => {
        metrics.azureCall(call);
        ended(`azure ${call.name}`, { kind: call.kind, outcome: call.outcome }, call.ms);
      },
    }),
    end: () => provider.shutdown(),
  };
}

/** A span around some work; anything traced meanwhile is a child of it. */
function within<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes: ours(attributes) }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** A span for something that has just ended. */
function ended(name: string, attributes: Attributes, ms: number): void {
  const now = Date.now();
  const span = tracer.startSpan(name, { attributes: ours(attributes), startTime: now - ms }, context.active());
  const { outcome = 'ok' } = attributes;
  if (outcome !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(now);
}

function ours(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`kluis.${name}`, value]));
}
