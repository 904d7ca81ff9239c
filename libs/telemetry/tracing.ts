import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';

/** W3C Trace Context, one header's text: what joins spans of several processes to one trace. */
const HEADER = 'traceparent';
const SCOPE = 'so-chung-thuc';

let on = false;

/** False until `startTracing` has begun: then nothing below costs more than asking. */
export const isTracing = (): boolean => on;

export interface TracingSettings {
  /** Where spans are sent, OTLP over HTTP; undefined: nothing is traced. */
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_SERVICE_NAME: string;
}

/**
 * Sends spans to a collector where the settings name one. The exporter's other standard variables
 * (`OTEL_EXPORTER_OTLP_HEADERS`, …) it reads itself. Answers what sends the last ones and ends it.
 */
export async function startTracing(settings: TracingSettings): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: name } = settings;
  if (endpoint === undefined) return () => Promise.resolve();
  // Loaded only where it is used: a service without a collector does not carry it.
  const { startExporting } = await import('./exporting.ts');
  const stop = startExporting(endpoint, name);
  on = true;
  return async () => {
    on = false;
    await stop();
    trace.disable();
    context.disable();
    propagation.disable();
  };
}

/** The active span as it is written beside an event; undefined where nothing is traced. */
export function activeTraceparent(): string | undefined {
  if (!on) return undefined;
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier[HEADER];
}

/** Runs a request as a span below the caller's, where it sent one; answers the span, to be ended. */
export function startRequest(
  { name, traceparent }: { readonly name: string; readonly traceparent: string | undefined },
  attributes: Attributes,
  run: () => void,
): Span {
  const parent = parentOf(traceparent);
  const span = tracer().startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
  context.with(trace.setSpan(parent, span), run);
  return span;
}

/** Does the work as a span below the active one. */
export async function inSpan<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!on) return work();
  return tracer().startActiveSpan(name, (span) => ended([span], work));
}

/** Does the work as a span in each of the traces it is part of; without any, as none. */
export async function inTraces<T>(
  { name, traceparents }: { readonly name: string; readonly traceparents: readonly string[] },
  attributes: Attributes,
  work: () => Promise<T>,
): Promise<T> {
  const spans = [...new Set(traceparents)].map((one) =>
    tracer().startSpan(name, { attributes }, parentOf(one)),
  );
  return ended(spans, work);
}

const tracer = () => trace.getTracer(SCOPE);

const parentOf = (traceparent: string | undefined): Context =>
  traceparent === undefined
    ? ROOT_CONTEXT
    : propagation.extract(ROOT_CONTEXT, { [HEADER]: traceparent });

async function ended<T>(spans: readonly Span[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    for (const span of spans) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
    }
    throw error;
  } finally {
    for (const span of spans) span.end();
  }
}
