import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './test/summary-reporter.ts'],
    globalSetup: ['./test/build.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    isolate: false, // the app and its libraries take a second to load: each worker loads them once, not once a file
    unstubEnvs: true,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }, // Node 20 is tested on purpose
    maxWorkers: availableParallelism() + 2, // stories mostly wait: two more than there are cores keep these busy
    projects: [
      {
        extends: true,
        test: { name: 'gate', include: ['test/**/*.test.ts'], exclude: ['test/soak/**', 'test/install/**'] },
      },
      { extends: true, test: { name: 'soak', include: ['test/soak/*.test.ts'] } },
      { extends: true, test: { name: 'install', include: ['test/install/*.test.ts'] } },
    ],
  },
});
