/**
 * OpenTelemetry traces, if its standard environment variables name a collector: from an event, through the stages of
 * its operation, to each call to Azure. What an event causes passes through a queue and other processes, so each row
 * has a trace of its own, whose ID is the row's: whoever works on an operation continues it, after a restart as well.
 * The event's span and the wake-up in the row's trace are linked both ways. IDs are attributes; text that people wrote
 * and Azure's responses never are.
 */
import { context, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, RandomIdGenerator, type IdGenerator } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Metrics } from '../core/metrics.ts';
import { releaseName, type Release } from '../core/release.ts';
import { agentTo } from '../outbound/proxy.ts';

/** The same metrics, traced as well; `end` sends what is left. */
type Tracing = { traced(metrics: Metrics): Metrics; end(): Promise<void> };

const tracer = trace.getTracer('kluis');

const random = new RandomIdGenerator();
/** The ID of the next trace, set by whoever starts it at once. */
let nextTrace: string | null = null;
const idGenerator: IdGenerator = {
  generateSpanId: random.generateSpanId,
  generateTraceId: () => {
    const given = nextTrace ?? random.generateTraceId();
    nextTrace = null;
    return given;
  },
};

/** The trace of a row: its UUID. What has another ID, such as a vault, is visited forever and has none. */
function traceOfRow(id = ''): string | null {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id.replaceAll('-', '') : null;
}

/** Starts tracing; the SDK reads the collector's address (`to`) and everything else from the environment. */
export function startTracing(to: string, release: Release): Tracing {
  const own = { 'service.name': 'kluis', 'service.version': releaseName(release) };
  const resource = resourceFromAttributes(own).merge(detectResources({ detectors: [envDetector] }));
  const exporter = new OTLPTraceExporter({
    httpAgentOptions: () => agentTo(to, { keepAlive: true }),
  });
  const spanProcessors = [new BatchSpanProcessor(exporter)];
  const provider = new NodeTracerProvider({ resource, spanProcessors, idGenerator });
  provider.register();
  return {
    traced: (metrics) => ({
      ...metrics,
      within: (name, ids, work) => within(name, ids, () => metrics.within(name, ids, work)),
      woken: (work) => {
        metrics.woken(work);
        // A wake-up outside any piece of work, such as a sweep's, has nothing to find it by.
        const cause = trace.getActiveSpan();
        if (cause) for (const { to, id } of work) woken(cause, to, id);
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
  const row = traceOfRow(attributes['id'] as string | undefined);
  nextTrace = row;
  return tracer.startActiveSpan(name, { attributes: ours(attributes), root: row !== null }, async (span) => {
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

/** What happens now leads to work on a row: its trace has that as well, with a link from each to the other. */
function woken(cause: Span, to: string, id: string): void {
  const row = traceOfRow(id);
  if (row === null) return ended(`wake ${to}`, { id }, 0);
  nextTrace = row;
  const links = [{ context: cause.spanContext() }];
  const wake = tracer.startSpan(`wake ${to}`, { attributes: ours({ id }), root: true, links });
  wake.end();
  cause.addLink({ context: wake.spanContext() });
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
