import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.js';
import { execForm, lastValue, readDockerfile } from './dockerfile.js';

const path = (name: string) => new URL(`../../${name}`, import.meta.url).pathname;
const read = (name: string) => readFileSync(path(name), 'utf8');
const stages = readDockerfile(path('Dockerfile'));
const instructions = stages.flatMap((stage) => stage.instructions);

describe('the Dockerfile', () => {
  it('starts the app as an ordinary user and without a shell, so that SIGTERM reaches it', () => {
    expect(lastValue(stages, 'USER')).toBe('node');
    expect(execForm(lastValue(stages, 'CMD'))).toEqual(['node', 'dist/main.js']);
    expect(execForm(lastValue(stages, 'HEALTHCHECK'))).toEqual(['node', 'health-check.mjs']);
  });

  it('is based on the Node that docs/setup.md recommends, on each stage', () => {
    const [, version] = /Run the app on Node (\d+)/.exec(read('docs/setup.md')) ?? [];
    for (const { base } of stages) expect(base).toMatch(new RegExp(`^node:${version}-slim(@sha256:[0-9a-f]{64})?$`));
  });

  it('brings production dependencies only, and no setting or secret', () => {
    const installs = instructions.filter(({ value }) => value.startsWith('npm ci'));
    expect(installs.map(({ value }) => value.includes('--omit=dev'))).toEqual([false, true]);
    const settings = instructions.filter(({ name }) => name === 'ENV' || name === 'ARG');
    expect(settings.map(({ value }) => value)).toEqual(['TARGETARCH', 'NODE_ENV=production MALLOC_ARENA_MAX=2']);
  });

  it('runs every command on the platform of the builder, so no image needs emulation', () => {
    const emulated = stages.filter(({ platform }) => platform !== '$BUILDPLATFORM');
    expect(emulated.flatMap((stage) => stage.instructions).filter(({ name }) => name === 'RUN')).toEqual([]);
  });

  it('copies exactly what .dockerignore lets through', () => {
    const sources = instructions.flatMap(({ name, value }) =>
      name === 'COPY' && !value.startsWith('--from') ? value.split(' ').slice(0, -1) : [],
    );
    const [all, ...allowed] = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(all).toBe('*');
    expect(allowed.map((line) => line.slice(1)).sort()).toEqual([...new Set(sources)].sort());
  });
});

describe('compose.yaml', () => {
  const { app, valkey } = parse(read('compose.yaml')).services;

  it('runs the app with a read-only disk, an init process and no rights, and with the settings of .env', () => {
    expect(app).toMatchObject({ read_only: true, init: true, cap_drop: ['ALL'], env_file: '.env' });
    expect(app.healthcheck.test).toEqual(['CMD', ...execForm(lastValue(stages, 'HEALTHCHECK'))]);
    expect(Object.keys(app.environment)).toEqual(['HEALTH_PORT', 'HEALTH_HOST']);
  });

  it('lets the app finish what it draws: GENERATION_TIMEOUT_SECONDS and half a minute', () => {
    const [, seconds] = /^#GENERATION_TIMEOUT_SECONDS=(\d+)$/m.exec(read('.env.example')) ?? [];
    expect(Number.parseInt(app.stop_grace_period, 10)).toBeGreaterThanOrEqual(Number(seconds) + 30);
  });

  it('offers Valkey as a profile, which never evicts a job', () => {
    expect(valkey.profiles).toEqual(['valkey']);
    expect(valkey.command.join(' ')).toContain('--maxmemory-policy noeviction');
  });

  it('starts the app after Valkey, if the profile is on', () => {
    expect(app.depends_on).toEqual({ valkey: { condition: 'service_healthy', required: false } });
    expect(valkey.healthcheck).toBeDefined();
  });

  it('gives the app settings that it starts with, in Socket Mode and over HTTP', () => {
    const modes: Record<string, string>[] = [{ SLACK_APP_TOKEN: 'xapp-1' }, { SLACK_SIGNING_SECRET: '12345678' }];
    const common = { SLACK_BOT_TOKEN: 'xoxb-1', S3_BUCKET: 'images', AWS_REGION: 'us-west-2' };
    const configs = modes.map((mode) => {
      const settings: Record<string, string> = { ...common, ...mode };
      for (const [name, value] of Object.entries<string>(app.environment)) {
        settings[name] = value.replace(/\$\{(\w+):\+(.*?)\}/, (_, variable, text) => (settings[variable] ? text : ''));
      }
      return readConfig(settings);
    });
    expect(configs.map(({ HEALTH_PORT, HEALTH_HOST }) => [HEALTH_PORT, HEALTH_HOST])).toEqual([
      [3000, '127.0.0.1'],
      [undefined, undefined],
    ]);
  });
});
