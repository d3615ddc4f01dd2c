import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A way to a server on this machine that can be cut: nothing goes out or comes in, and nothing can connect. */
export async function startCuttable(url: string) {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    if (isCut) return socket.destroy();
    const other = connect(Number(new URL(url).port), '127.0.0.1');
    for (const [one, two] of [[socket, other] as const, [other, socket] as const]) {
      sockets.add(one);
      one.on('error', () => undefined).on('close', () => two.destroy());
      one.pipe(two);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `redis://127.0.0.1:${port}`,
    cut,
    join() {
      isCut = false;
    },
  };
}
