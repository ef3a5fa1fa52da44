import type { Token } from 'node-llama-cpp';
import type { TokenBytes } from './token-bytes';

/** Turns a stream of tokens into text, holding back bytes until they are whole characters. */
export class TokenText {
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  constructor(private readonly bytesOf: TokenBytes) {}

  push(token: Token): string {
    return this.decoder.decode(this.bytesOf(token), { stream: true });
  }
}
