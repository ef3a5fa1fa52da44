import { randomBytes } from 'node:crypto';
import type { ToolCallPiece } from '@tandem/shared/contracts';
import type { SaidCall } from '../dialects/dialect';

interface OpenCall {
  readonly place: number;
  /** As the server names it; empty where it does not. */
  readonly id: string;
}

/**
 * Puts the pieces of a server's tool calls in order: numbered from 0, each with its id and name in the first piece and
 * there alone. Some servers number all of them alike, say the id with every piece, or give none.
 */
export class CallLedger {
  private readonly open = new Map<number, OpenCall>();
  private count = 0;

  get isEmpty(): boolean {
    return this.count === 0;
  }

  place({ index, id, name, arguments: piece }: SaidCall): ToolCallPiece | null {
    const known = this.open.get(index);
    const isSame = known !== undefined && (id === '' ? name === '' || known.id !== '' : id === known.id);
    if (isSame) return piece === '' ? null : { index: known.place, arguments: piece };
    const call: OpenCall = { place: this.count++, id };
    this.open.set(index, call);
    return { index: call.place, id: id || `call_${randomBytes(12).toString('hex')}`, name, arguments: piece };
  }
}
