import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Observation } from '../core/log.js';

/** Seconds: from an acknowledgement within milliseconds to the longest deadline. */
const buckets = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 40, 80, 160, 320, 900];
/** Codes are Slack's to invent; a label must not grow without end. */
const maxCodes = 60;

/**
 * @param modelIds the models that may appear in a label; any other is `other`
 * @param waiting images in line, by model id; asked at each reading
 */
export function createMetrics(modelIds: readonly string[], waiting: () => ReadonlyMap<string, number>) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const count = createCounters(registry);
  const codeLabel = createCodeLabel();
  const modelLabel = (modelId: string) => (modelIds.includes(modelId) ? modelId : 'other');

  new Gauge({
    name: 'imagine_line_pictures',
    help: 'Images that wait for their model',
    labelNames: ['model'],
    registers: [registry],
    collect() {
      for (const [modelId, images] of waiting()) this.set({ model: modelLabel(modelId) }, images);
    },
  });

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
      case 'slack error':
        count.slackErrors.inc({ code: codeLabel(observation.code) });
    }
  }

  return {
    observe,
    /** Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
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
