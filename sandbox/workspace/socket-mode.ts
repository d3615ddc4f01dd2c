import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { fromJson } from '../http.js';
import type { Acknowledgement, DisconnectReason } from './driver.js';
import type { App } from './model.js';
import type { Delivery, DropMoment } from './options.js';

interface Options {
  app: App;
  url: () => string;
  random: () => number;
  changed: () => void;
}

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

const acceptsResponse = (type: string): boolean => type === 'slash_commands' || type === 'view_submission';

export type SocketMode = ReturnType<typeof createSocketMode>;

/** https://docs.slack.dev/apis/events-api/using-socket-mode */
export function createSocketMode({ app, url, random, changed }: Options) {
  const tickets = new Set<string>();
  const open = new Set<WebSocket>();
  const waiting = new Map<string, (ack: unknown) => void>();
  const sockets = new WebSocketServer({ noServer: true });

  function receive(data: string): void {
    const parsed = acknowledgement.safeParse(fromJson(data));
    if (parsed.success) waiting.get(parsed.data.envelope_id)?.(parsed.data.payload);
  }

  function welcome(socket: WebSocket): void {
    open.add(socket);
    socket.on('message', (data) => receive(data.toString()));
    socket.on('close', () => {
      open.delete(socket);
      changed();
    });
    socket.on('error', () => socket.terminate());
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.size,
        connection_info: { app_id: app.id },
        debug_info: { host: 'sandbox', approximate_connection_time: 18_060 },
      }),
    );
    changed();
  }

  function envelope({ type, payload }: Delivery, envelopeId: string): string {
    return JSON.stringify({
      envelope_id: envelopeId,
      type: type === 'slash_commands' ? type : 'interactive',
      accepts_response_payload: acceptsResponse(type),
      payload,
    });
  }

  function dropAll(): void {
    for (const socket of open) socket.terminate();
  }

  const disconnectMessage = (reason: DisconnectReason) =>
    JSON.stringify({ type: 'disconnect', reason, debug_info: {} });

  return {
    drop: dropAll,
    attach(server: Server): void {
      server.on('upgrade', (request, socket, head) => {
        const ticket = new URL(request.url ?? '/', 'http://workspace').searchParams.get('ticket') ?? '';
        if (!tickets.delete(ticket)) return socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
        sockets.handleUpgrade(request, socket, head, welcome);
      });
    },
    /** A WebSocket URL, good for one connection. */
    issueUrl(): string {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${url().replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${app.id}`;
    },
    /** Through any one connection, as Slack does. */
    deliver(delivery: Delivery, timeoutMs: number, drop?: DropMoment): Promise<Acknowledgement> {
      const socket = [...open][Math.floor(random() * open.size)];
      if (!socket) return Promise.resolve({ acknowledged: false, failure: 'dispatch_failed' });
      const envelopeId = randomUUID();
      const start = performance.now();
      return new Promise((resolve) => {
        const settle = (result: Acknowledgement): void => {
          clearTimeout(timer);
          waiting.delete(envelopeId);
          resolve(result);
        };
        const timer = setTimeout(() => settle({ acknowledged: false, failure: 'operation_timeout' }), timeoutMs);
        timer.unref(); // an app that never answers does not keep the process alive
        waiting.set(envelopeId, (ack) => {
          if (drop === 'before_ack') return socket.terminate();
          settle({
            acknowledged: true,
            acknowledgedAfterMs: performance.now() - start,
            ack: acceptsResponse(delivery.type) ? ack : undefined,
          });
          if (drop === 'after_ack') socket.terminate();
        });
        if (drop === 'before_envelope') return socket.terminate();
        socket.send(envelope(delivery, envelopeId));
        if (drop === 'with_envelope') socket.send(disconnectMessage('refresh_requested'));
      });
    },
    connections: () => open.size,
    disconnect(reason: DisconnectReason): void {
      for (const socket of open) socket.send(disconnectMessage(reason));
    },
    close(): void {
      dropAll();
      sockets.close();
    },
  };
}
