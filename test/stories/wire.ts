import { AsyncLocalStorage } from 'node:async_hooks';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const current = new AsyncLocalStorage<{ joined: Promise<void> }>();

/** What an app in this process reaches Slack, AWS and OpenAI by. */
export function createWire() {
  const state = { joined: Promise.resolve() };
  let join = () => {};
  return {
    /** Runs the app: whatever it asks for from now on goes over this wire. */
    run: <Result>(app: () => Promise<Result>) => current.run(state, app),
    /** Nothing goes out or comes in any more, as for a process that is stopped or was killed. */
    cut() {
      state.joined = new Promise((resolve) => {
        join = resolve;
      });
    },
    /** What waited goes on. */
    join: () => join(),
  };
}

async function send<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  const wire = current.getStore();
  await wire?.joined;
  try {
    return await request();
  } finally {
    await wire?.joined;
  }
}

const { fetch } = globalThis;
globalThis.fetch = (...request) => send(() => fetch(...request));

const { handle } = NodeHttpHandler.prototype;
NodeHttpHandler.prototype.handle = function sendByWire(...request) {
  return send(() => handle.apply(this, request));
};
