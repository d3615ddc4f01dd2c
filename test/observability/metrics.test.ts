import { describe, expect, test } from 'vitest';
import { createMetrics, type WaitingImages } from '../../src/observability/metrics.js';

async function labels(name: string, metrics: ReturnType<typeof createMetrics>): Promise<string[]> {
  const { text } = await metrics.read();
  return text.split('\n').filter((line) => line.startsWith(`${name}{`));
}

test('a model that is not in the table is counted as other', async () => {
  const metrics = createMetrics(['core'], async () => []);
  for (const modelId of ['core', 'gone', 'gone too']) {
    metrics.observe({ kind: 'image ended', modelId, outcome: 'stored' });
  }
  expect(await labels('imagine_pictures_total', metrics)).toEqual([
    'imagine_pictures_total{model="core",outcome="stored"} 1',
    'imagine_pictures_total{model="other",outcome="stored"} 2',
  ]);
});

test('codes of Slack are a bounded number of labels, and never free text', async () => {
  const metrics = createMetrics([], async () => []);
  for (let code = 0; code < 500; code += 1) metrics.observe({ kind: 'slack error', code: `error_${code}` });
  metrics.observe({ kind: 'slack error', code: 'the person Ana wrote "hello"' });
  const lines = await labels('imagine_slack_errors_total', metrics);
  expect(lines).toHaveLength(61);
  expect(lines.at(-1)).toBe('imagine_slack_errors_total{code="other"} 441');
});

test('calls of the model that writes prompts are counted by outcome, and what they cost is added up', async () => {
  const metrics = createMetrics([], async () => []);
  metrics.observe({ kind: 'prompts written', outcome: 'written', dollars: 0.0004 });
  metrics.observe({ kind: 'prompts written', outcome: 'unusable', dollars: 0.0002 });
  metrics.observe({ kind: 'prompts written', outcome: 'throttled', dollars: 0 });
  expect(await labels('imagine_prompts_written_total', metrics)).toEqual(
    ['written', 'unusable', 'throttled'].map((outcome) => `imagine_prompts_written_total{outcome="${outcome}"} 1`),
  );
  expect(Number(/imagine_prompts_cost_dollars_total (\S+)/.exec((await metrics.read()).text)?.[1])).toBeCloseTo(0.0006);
});

test('steps are told in seconds', async () => {
  const metrics = createMetrics([], async () => []);
  metrics.observe({ kind: 'step ended', step: 'drawing', milliseconds: 2500 });
  expect((await labels('imagine_step_seconds_sum', metrics))[0]).toBe('imagine_step_seconds_sum{step="drawing"} 2.5');
});

describe('images that wait', () => {
  async function gauges(metrics: ReturnType<typeof createMetrics>): Promise<string[]> {
    const { text } = await metrics.read();
    return text.split('\n').filter((line) => line.startsWith('imagine_line_'));
  }

  test('are counted by model, with the age of the oldest, as they are at each reading', async () => {
    const readings: WaitingImages[][] = [
      [{ modelId: 'core', count: 4, oldestSeconds: 2.5 }],
      [{ modelId: 'gone', count: 1, oldestSeconds: 60 }],
    ];
    const metrics = createMetrics(['core'], async () => readings.shift() ?? []);
    expect(await gauges(metrics)).toEqual([
      'imagine_line_pictures{model="core"} 4',
      'imagine_line_oldest_seconds{model="core"} 2.5',
    ]);
    expect(await gauges(metrics)).toEqual([
      'imagine_line_pictures{model="other"} 1',
      'imagine_line_oldest_seconds{model="other"} 60',
    ]);
  });

  test('have no value while the queue cannot be reached, and every other metric has', async () => {
    let isAway = false;
    const waiting = [{ modelId: 'core', count: 4, oldestSeconds: 2.5 }];
    const metrics = createMetrics(['core'], () =>
      isAway ? Promise.reject(new Error('away')) : Promise.resolve(waiting),
    );
    metrics.observe({ kind: 'image ended', modelId: 'core', outcome: 'stored' });
    expect(await gauges(metrics)).toHaveLength(2);
    isAway = true;
    expect(await gauges(metrics)).toEqual([]);
    expect(await labels('imagine_pictures_total', metrics)).toHaveLength(1);
  });
});
