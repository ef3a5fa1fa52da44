import { read, writeSync } from 'node:fs';

/** Of the process: a pipe whose other end sends back what it is given. The API process opens it. */
export const ECHO_PIPE = 4;

/**
 * One of the two threads of libuv's pool, kept busy with a read from a pipe that nothing comes out of. Decoding on
 * whichever of the two was free made an answer three times slower; on the only free one it is as fast as in llama.cpp's
 * own server. While something long runs in the pool, such as a load, `during` lets the thread go for it, so that
 * other models go on answering. `close` lets it go for good: the thread's owner cannot end before.
 */
export class SpareThread {
  private users = 0;
  private isHeld = false;
  private isClosed = false;

  constructor(private readonly pipe: number) {
    this.hold();
  }

  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.users++;
    this.release();
    try {
      return await work();
    } finally {
      this.users--;
      this.hold();
    }
  }

  close(): void {
    this.isClosed = true;
    this.release();
  }

  private get isWanted(): boolean {
    return this.users > 0 || this.isClosed;
  }

  private hold(): void {
    if (this.isHeld || this.isWanted) return;
    this.isHeld = true;
    read(this.pipe, Buffer.alloc(1), 0, 1, null, (error, bytes) => {
      this.isHeld = false;
      // Without the pipe, or when its other end is gone, there is no way to hold it.
      if (error === null && bytes > 0) this.hold();
    });
  }

  private release(): void {
    try {
      if (this.isHeld) writeSync(this.pipe, '.');
    } catch {
      // The other end is gone, and the read ends by that.
    }
  }
}
