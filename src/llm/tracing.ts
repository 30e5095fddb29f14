import { AsyncLocalStorage } from 'node:async_hooks';
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons';
import { BaseTracer, type Run } from '@langchain/core/tracers/base';
import {
  type Attributes,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Log } from '../log.ts';
import { redact } from './redact.ts';

/** Spans of what LangChain runs, sent where the OTEL_EXPORTER_OTLP_* variables say. */
export interface Tracing {
  /** Every LangChain run within becomes a span. */
  within<T>(work: () => Promise<T>): Promise<T>;
  /** Sends what is still held back; a collector that is away is logged, never thrown. */
  close(): Promise<void>;
}

export interface TracingParts {
  /** Told of spans that could not be sent. */
  readonly log: Pick<Log, 'warn'>;
  /** Kept out of the errors that spans carry. */
  readonly secret?: string;
}

/**
 * Starts an OpenTelemetry exporter (OTLP over HTTP) under the service name `footnote`, which
 * OTEL_SERVICE_NAME replaces. LangSmith's own, `initializeOTEL`, gives spans to `traceable`
 * functions only, and none to LangChain's runs.
 */
export function openTracing({ log, secret }: TracingParts): Tracing {
  const failed = (reason: unknown) => log.warn('tracing.not-sent', { reason: String(reason) });
  const silent = () => {};
  diag.setLogger(
    { error: failed, warn: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'footnote' }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  const callbacks = [new SpanTracer(provider.getTracer('footnote'), secret)];
  AsyncLocalStorageProviderSingleton.initializeGlobalInstance(new AsyncLocalStorage());
  return {
    within: (work) => AsyncLocalStorageProviderSingleton.runWithConfig({ callbacks }, work),
    close: () => provider.shutdown().catch(failed),
  };
}

class SpanTracer extends BaseTracer {
  readonly name = 'opentelemetry';
  // In the background, as is LangChain's default, the last spans would end after close.
  override awaitHandlers = true;
  private readonly spans = new Map<string, Span>();
  private readonly tracer: Tracer;
  private readonly secret: string | undefined;

  constructor(tracer: Tracer, secret: string | undefined) {
    super();
    this.tracer = tracer;
    this.secret = secret;
  }

  override onRunCreate(run: Run): void {
    const parent = this.spans.get(run.parent_run_id ?? '');
    const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
    const startTime = new Date(run.start_time);
    this.spans.set(run.id, this.tracer.startSpan(run.name, { startTime }, context));
  }

  override onRunUpdate(run: Run): void {
    const span = this.spans.get(run.id);
    this.spans.delete(run.id);
    if (span === undefined) return;
    span.setAttributes(attributesOf(run));
    if (run.error !== undefined) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: redact(run.error, this.secret) });
    }
    span.end(new Date(run.end_time ?? Date.now()));
  }

  protected override async persistRun(): Promise<void> {}
}

/** Named as LangSmith names them: https://docs.langchain.com/langsmith/trace-with-opentelemetry */
function attributesOf({ run_type: kind, inputs, outputs, extra }: Run): Attributes {
  const model = extra?.metadata?.ls_model_name;
  return {
    'langsmith.span.kind': kind,
    'gen_ai.operation.name': kind === 'llm' ? 'chat' : kind,
    ...(typeof model === 'string' && { 'gen_ai.request.model': model }),
    'gen_ai.prompt': JSON.stringify(inputs),
    ...(outputs !== undefined && { 'gen_ai.completion': JSON.stringify(outputs) }),
  };
}
