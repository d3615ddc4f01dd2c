import { expect, test } from 'vitest';
import { createMetrics } from '../../src/observability/metrics.js';

async function labels(name: string, metrics: ReturnType<typeof createMetrics>): Promise<string[]> {
  const { text } = await metrics.read();
  return text.split('\n').filter((line) => line.startsWith(`${name}{`));
}

test('a model that is not in the table is counted as other', async () => {
  const metrics = createMetrics(['core'], () => new Map());
  for (const modelId of ['core', 'gone', 'gone too']) {
    metrics.observe({ kind: 'image ended', modelId, outcome: 'stored' });
  }
  expect(await labels('imagine_pictures_total', metrics)).toEqual([
    'imagine_pictures_total{model="core",outcome="stored"} 1',
    'imagine_pictures_total{model="other",outcome="stored"} 2',
  ]);
});

test('codes of Slack are a bounded number of labels, and never free text', async () => {
  const metrics = createMetrics([], () => new Map());
  for (let code = 0; code < 500; code += 1) metrics.observe({ kind: 'slack error', code: `error_${code}` });
  metrics.observe({ kind: 'slack error', code: 'the person Ana wrote "hello"' });
  const lines = await labels('imagine_slack_errors_total', metrics);
  expect(lines).toHaveLength(61);
  expect(lines.at(-1)).toBe('imagine_slack_errors_total{code="other"} 441');
});

test('steps are told in seconds', async () => {
  const metrics = createMetrics([], () => new Map());
  metrics.observe({ kind: 'step ended', step: 'drawing', milliseconds: 2500 });
  expect((await labels('imagine_step_seconds_sum', metrics))[0]).toBe('imagine_step_seconds_sum{step="drawing"} 2.5');
});
