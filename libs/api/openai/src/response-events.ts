import type { Run } from '@tandem/api/completion';
import { isEndFrame, isPhaseFrame, type StreamFrame, type TokenLogprob } from '@tandem/shared/contracts';
import { message, outputText, type ResponseFrame, thought, thoughtText } from './response-object';
import { faultOf } from './run-fault';
import { logprobsOf } from './run-logprobs';
import type { RunText } from './stream-answer';

/** A run's frames as the events of OpenAI's responses. Each frame is asked for once, in order. */
export class ResponseEvents implements RunText {
  private sequence = 0;
  private thoughts = '';
  private text = '';
  private readonly tokens: TokenLogprob[] = [];
  /** What is closed already. */
  private readonly output: object[] = [];
  private part: 'none' | 'thought' | 'message' = 'none';

  constructor(
    private readonly run: Run,
    private readonly frame: ResponseFrame,
  ) {}

  get opening(): string {
    const response = this.frame.open('in_progress');
    return this.event('response.created', { response }) + this.event('response.in_progress', { response });
  }

  textOf(number: number): string {
    const frame = JSON.parse(this.run.frame(number)) as StreamFrame;
    if (isPhaseFrame(frame)) return `: ${frame.phase}\n`;
    if (isEndFrame(frame)) return this.ending(number);
    return frame.reasoning ? this.thinks(frame.token) : this.says(frame.token, number);
  }

  /** Thoughts after the answer began have no place in it any more. */
  private thinks(delta: string): string {
    if (this.part === 'message') return '';
    const id = this.frame.thoughtId();
    const begin =
      this.part === 'none'
        ? this.event('response.output_item.added', { output_index: 0, item: { type: 'reasoning', id, summary: [], content: [] } }) +
          this.event('response.content_part.added', { ...this.place(id), part: thoughtText('') })
        : '';
    this.part = 'thought';
    this.thoughts += delta;
    return begin + this.event('response.reasoning_text.delta', { ...this.place(id), delta });
  }

  private says(delta: string, number: number): string {
    const begin = this.beginMessage();
    const logprobs = logprobsOf(this.run, number);
    for (const token of logprobs) this.tokens.push(token);
    this.text += delta;
    return begin + this.event('response.output_text.delta', { ...this.place(this.frame.messageId()), delta, logprobs });
  }

  private beginMessage(): string {
    if (this.part === 'message') return '';
    const end = this.endThought();
    this.part = 'message';
    const id = this.frame.messageId();
    return (
      end +
      this.event('response.output_item.added', { output_index: this.output.length, item: message(id, 'in_progress', []) }) +
      this.event('response.content_part.added', { ...this.place(id), part: outputText('', []) })
    );
  }

  private endThought(): string {
    if (this.part !== 'thought') return '';
    const id = this.frame.thoughtId();
    const item = thought(id, this.thoughts);
    const done =
      this.event('response.reasoning_text.done', { ...this.place(id), text: this.thoughts }) +
      this.event('response.content_part.done', { ...this.place(id), part: thoughtText(this.thoughts) }) +
      this.event('response.output_item.done', { output_index: 0, item });
    this.output.push(item);
    return done;
  }

  private ending(number: number): string {
    const fault = faultOf(this.run);
    if (fault) return this.event('response.failed', { response: this.frame.open('failed', { code: fault.code, message: fault.message }) });
    for (const token of logprobsOf(this.run, number)) this.tokens.push(token);
    const begin = this.beginMessage();
    const id = this.frame.messageId();
    const place = this.place(id);
    const part = outputText(this.text, this.tokens);
    const item = message(id, 'completed', [part]);
    const done =
      this.event('response.output_text.done', { ...place, text: this.text, logprobs: this.tokens }) +
      this.event('response.content_part.done', { ...place, part }) +
      this.event('response.output_item.done', { output_index: this.output.length, item });
    const response = this.frame.closed([...this.output, item]);
    return begin + done + this.event(`response.${(response as { status: string }).status}`, { response });
  }

  private place(id: string): object {
    return { item_id: id, output_index: this.output.length, content_index: 0 };
  }

  private event(type: string, data: object): string {
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: this.sequence++, ...data })}\n\n`;
  }
}
