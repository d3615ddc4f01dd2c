// The health check of the container, without curl: exits with status 0 if /healthz answers.
const { SLACK_APP_TOKEN, HEALTH_PORT, HEALTH_HOST = '', PORT } = process.env;

// In Socket Mode without HEALTH_PORT the app serves nothing to ask; that its process lives has to do.
const port = SLACK_APP_TOKEN ? HEALTH_PORT : PORT || '3000';
const host = HEALTH_HOST.includes(':') ? `[${HEALTH_HOST}]` : HEALTH_HOST || '127.0.0.1';

if (port) {
  const response = await fetch(`http://${host}:${port}/healthz`, { signal: AbortSignal.timeout(5_000) });
  if (!response.ok) process.exitCode = 1;
}
