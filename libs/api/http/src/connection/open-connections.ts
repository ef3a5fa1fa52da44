import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 20;
/** Clients open connections ahead of their requests; what is to come on one has come by then. */
const SILENT_MS = 500;

/** The connections of a server, so that all of them can be closed: Node takes one on which nothing ever came for busy. */
export class OpenConnections {
  private readonly sockets = new Set<Socket>();

  constructor(private readonly server: Server) {
    server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
  }

  /** Takes no new ones; those there are close when their answer is out, idle ones now. `deadline` as `performance.now()` tells it. */
  async close(deadline: number): Promise<void> {
    let isClosed = false;
    this.server.close(() => (isClosed = true));
    for (const start = performance.now(); !isClosed && performance.now() < deadline; await delay(LOOK_MS)) {
      this.server.closeIdleConnections();
      if (performance.now() - start > SILENT_MS) this.closeSilent();
    }
  }

  private closeSilent(): void {
    for (const socket of this.sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
