import type { ToolCall, ToolCallPiece } from '@tandem/shared/contracts';

/** The tool calls that pieces make up, in the order in which they began. */
export class JoinedCalls {
  private readonly calls = new Map<number, ToolCall>();

  get list(): readonly ToolCall[] {
    return [...this.calls.values()];
  }

  add({ index, id = '', name = '', arguments: piece }: ToolCallPiece): ToolCall {
    const known = this.calls.get(index) ?? { id, name, arguments: '' };
    const call = { ...known, arguments: known.arguments + piece };
    this.calls.set(index, call);
    return call;
  }
}
