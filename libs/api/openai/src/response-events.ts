import type { Run } from '@tandem/api/completion';
import type { BacklogText } from '@tandem/api/sse';
import { isEndFrame, isPhaseFrame, isToolCallFrame, type TokenLogprob, type ToolCallPiece } from '@tandem/shared/contracts';
import { JoinedCalls } from './joined-calls';
import { functionCall, message, outputText, type ResponseFrame, thought, thoughtText } from './response-object';
import { faultOf } from './run-fault';

/** What is being said. */
type Part =
  | { readonly kind: 'thought'; readonly id: string; text: string }
  | { readonly kind: 'message'; readonly id: string; text: string; readonly tokens: TokenLogprob[] }
  | { readonly kind: 'call'; readonly id: string; readonly index: number };

/** A run's frames as the events of OpenAI's responses. Each frame is asked for once, in order. */
export class ResponseEvents implements BacklogText {
  private sequence = 0;
  /** What is closed already. */
  private readonly output: object[] = [];
  private readonly calls = new JoinedCalls();
  private part: Part | undefined;
  private isAnswering = false;

  constructor(
    private readonly run: Run,
    private readonly frame: ResponseFrame,
  ) {}

  get opening(): string {
    const response = this.frame.open('in_progress');
    return this.event('response.created', { response }) + this.event('response.in_progress', { response });
  }

  textOf(number: number): string {
    const frame = this.run.frame(number);
    if (isPhaseFrame(frame)) return `: ${frame.phase}\n`;
    if (isEndFrame(frame)) return this.ending(number);
    if (isToolCallFrame(frame)) return this.callsTool(frame.tool_call);
    return frame.reasoning ? this.thinks(frame.token) : this.says(frame.token, number);
  }

  /** Thoughts after the answer began have no place in it any more. */
  private thinks(delta: string): string {
    if (this.isAnswering) return '';
    let begin = '';
    if (this.part?.kind !== 'thought') {
      const id = this.frame.thoughtId();
      this.part = { kind: 'thought', id, text: '' };
      begin =
        this.added({ type: 'reasoning', id, summary: [], content: [] }) +
        this.event('response.content_part.added', { ...this.place(id), part: thoughtText('') });
    }
    const { part } = this;
    part.text += delta;
    return begin + this.event('response.reasoning_text.delta', { ...this.place(part.id), delta });
  }

  private says(delta: string, number: number): string {
    const logprobs = this.run.logprobsOf(number);
    const [begin, part] = this.messagePart();
    part.tokens.push(...logprobs);
    part.text += delta;
    return begin + this.event('response.output_text.delta', { ...this.place(part.id), delta, logprobs });
  }

  private messagePart(): readonly [begin: string, part: Extract<Part, { kind: 'message' }>] {
    if (this.part?.kind === 'message') return ['', this.part];
    const end = this.close();
    const id = this.frame.messageId(this.output.length);
    const part = { kind: 'message' as const, id, text: '', tokens: [] };
    this.part = part;
    this.isAnswering = true;
    return [
      end + this.added(message(id, 'in_progress', [])) + this.event('response.content_part.added', { ...this.place(id), part: outputText('', []) }),
      part,
    ];
  }

  private callsTool(piece: ToolCallPiece): string {
    const isKnown = this.part?.kind === 'call' && this.part.index === piece.index;
    const end = isKnown ? '' : this.close();
    const call = this.calls.add(piece);
    const id = this.frame.callId(piece.index);
    this.part = { kind: 'call', id, index: piece.index };
    this.isAnswering = true;
    const begin = isKnown ? '' : this.added(functionCall(id, 'in_progress', { ...call, arguments: '' }));
    const delta = { item_id: id, output_index: this.output.length, delta: piece.arguments };
    return end + begin + (piece.arguments === '' ? '' : this.event('response.function_call_arguments.delta', delta));
  }

  private ending(number: number): string {
    const fault = faultOf(this.run);
    if (fault) return this.event('response.failed', { response: this.frame.open('failed', { code: fault.code, message: fault.message }) });
    const logprobs = this.run.logprobsOf(number);
    let begin = '';
    if (this.part?.kind !== 'call') {
      const [text, part] = this.messagePart();
      part.tokens.push(...logprobs);
      begin = text;
    }
    const done = begin + this.close();
    const response = this.frame.closed(this.output);
    return done + this.event(`response.${(response as { status: string }).status}`, { response });
  }

  /** Ends what is being said. */
  private close(): string {
    const { part } = this;
    this.part = undefined;
    switch (part?.kind) {
      case undefined:
        return '';
      case 'thought':
        return this.closeText('reasoning_text', part, thoughtText(part.text), thought(part.id, part.text));
      case 'message': {
        const text = outputText(part.text, part.tokens);
        return this.closeText('output_text', { ...part, logprobs: part.tokens }, text, message(part.id, 'completed', [text]));
      }
      case 'call':
        return this.closeCall(part);
      default:
        return part satisfies never;
    }
  }

  private closeText(name: string, said: { readonly id: string; readonly text: string; readonly logprobs?: object }, part: object, item: object): string {
    const place = this.place(said.id);
    const { text, logprobs } = said;
    return (
      this.event(`response.${name}.done`, { ...place, text, ...(logprobs === undefined ? {} : { logprobs }) }) +
      this.event('response.content_part.done', { ...place, part }) +
      this.done(item)
    );
  }

  private closeCall({ id, index }: Extract<Part, { kind: 'call' }>): string {
    const call = this.calls.add({ index, arguments: '' });
    const end = { item_id: id, output_index: this.output.length, name: call.name, arguments: call.arguments };
    return this.event('response.function_call_arguments.done', end) + this.done(functionCall(id, 'completed', call));
  }

  private added(item: object): string {
    return this.event('response.output_item.added', { output_index: this.output.length, item });
  }

  private done(item: object): string {
    const text = this.event('response.output_item.done', { output_index: this.output.length, item });
    this.output.push(item);
    return text;
  }

  private place(id: string): object {
    return { item_id: id, output_index: this.output.length, content_index: 0 };
  }

  private event(type: string, data: object): string {
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: this.sequence++, ...data })}\n\n`;
  }
}
