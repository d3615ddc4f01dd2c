import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Observation } from '../core/log.js';

/** Seconds: from an acknowledgement within milliseconds to the longest deadline. */
const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 40, 80, 160, 320, 900];
/** Codes are Slack's to invent; a label must not grow without end. */
const maxCodes = 60;

/** Of one model. */
export interface WaitingImages {
  modelId: string;
  count: number;
  oldestSeconds: number;
}

/**
 * @param modelIds the models that may appear in a label; any other is `other`
 * @param readQueues images that wait, by model, and the age of the oldest; asked at each reading
 */
export function createMetrics(modelIds: readonly string[], readQueues: () => Promise<readonly WaitingImages[]>) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const count = createCounters(registry);
  const codeLabel = createCodeLabel();
  const modelLabel = (modelId: string) => (modelIds.includes(modelId) ? modelId : 'other');

  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames: ['model'], registers: [registry] });
  const waiting = gauge('imagine_line_pictures', 'Images that wait for their model');
  const oldest = gauge('imagine_line_oldest_seconds', 'For how long the oldest of them has waited');

  /** If the queue cannot be reached, `/readyz` says so, and these gauges have no value. */
  async function measureQueues(): Promise<void> {
    waiting.reset();
    oldest.reset();
    for (const { modelId, count, oldestSeconds } of await readQueues().catch(() => [])) {
      waiting.set({ model: modelLabel(modelId) }, count);
      oldest.set({ model: modelLabel(modelId) }, oldestSeconds);
    }
  }

  function observe(observation: Observation): void {
    switch (observation.kind) {
      case 'request refused':
        count.refused.inc({ reason: observation.reason });
        break;
      case 'batch begun':
        count.running.inc();
        break;
      case 'batch ended':
        count.running.dec();
        count.batches.inc({ outcome: observation.outcome });
        break;
      case 'image ended':
        count.images.inc({ model: modelLabel(observation.modelId), outcome: observation.outcome });
        break;
      case 'step ended':
        count.steps.observe({ step: observation.step }, observation.milliseconds / 1000);
        break;
      case 'prompts written':
        count.written.inc({ outcome: observation.outcome });
        count.writingCost.inc(observation.dollars);
        break;
      case 'slack error':
        count.slackErrors.inc({ code: codeLabel(observation.code) });
    }
  }

  return {
    observe,
    /** Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
    async read() {
      await measureQueues();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

function createCounters(registry: Registry) {
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    batches: counter('imagine_batches_total', 'Batches that ended, by how many of their images came', ['outcome']),
    running: new Gauge({ name: 'imagine_batches_running', help: 'Batches that wait or are drawn', registers }),
    images: counter('imagine_pictures_total', 'Images that ended, by model and outcome', ['model', 'outcome']),
    refused: counter('imagine_requests_refused_total', 'Requests refused by a limit', ['reason']),
    written: counter('imagine_prompts_written_total', 'Calls of the model that writes prompts', ['outcome']),
    writingCost: counter('imagine_prompts_cost_dollars_total', 'About what those calls cost, in US dollars', []),
    slackErrors: counter('imagine_slack_errors_total', "Calls of Slack's Web API that failed", ['code']),
    steps: new Histogram({
      name: 'imagine_step_seconds',
      help: 'What users wait for, step by step',
      labelNames: ['step'],
      buckets,
      registers,
    }),
  };
}

/** The first codes that look like one are labels of their own; the rest are `other`. */
function createCodeLabel(): (code: string) => string {
  const known = new Set<string>();
  return (code) => {
    if (known.size < maxCodes && /^[a-z][a-z0-9_]{0,40}$/.test(code)) known.add(code);
    return known.has(code) ? code : 'other';
  };
}
