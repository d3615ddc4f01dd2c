import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it.each([
  ['three processes without redis-server', '--processes=3', 'redis-server is not installed'],
  ['no process', '--processes=0', '--processes: give a whole number from 1 to 10'],
  ['more processes than Slack has connections for', '--processes=11', '--processes: give a whole number from 1 to 10'],
  ['an option that it does not have', '--replicas=3', "Unknown option '--replicas'"],
])('the bench refuses to measure %s, in one line', (_, option, sentence) => {
  const bench = ['dist-sandbox/bench/bench.js', option];
  const { status, stdout, stderr } = spawnSync(process.execPath, bench, {
    env: { PATH: '/nowhere' },
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(sentence);
  expect(stderr.trim()).not.toContain('\n');
});
