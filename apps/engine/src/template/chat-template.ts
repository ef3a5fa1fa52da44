import { Template } from '@huggingface/jinja';
import type { ChatMessage } from '@tandem/shared/contracts';
import { ControlTexts, marked, unusedMark } from './marks';

/** A model's chat template, and what of its vocabulary a template can name. */
export interface TemplateSetup {
  readonly template: string;
  readonly bos: string;
  readonly eos: string;
  /** Every control token as it is written. */
  readonly controlTexts: readonly string[];
}

/** Part of a prompt. In one that is `isPlain`, what looks like a control token is text. */
export interface PromptPiece {
  readonly text: string;
  readonly isPlain: boolean;
}

export interface RenderedPrompt {
  readonly pieces: readonly PromptPiece[];
  /** Whether the answer begins in the middle of the model's thoughts. */
  readonly opensThought: boolean;
}

const THINK_TAGS = ['<think>', '</think>'];
/** What a template may add to a conversation: far more than any that is meant seriously. */
const MAX_ADDED_CHARACTERS = 256 * 1024;

/** Writes conversations the way a model was trained to read them. Runs wherever a template may run away. */
export class ChatTemplate {
  private readonly template: Template;
  private readonly controls: ControlTexts;
  /** An earlier answer may have thought; anyone else only writes about it. */
  private readonly answerControls: ControlTexts;

  constructor(private readonly setup: TemplateSetup) {
    this.template = new Template(setup.template);
    this.controls = new ControlTexts(setup.controlTexts);
    this.answerControls = new ControlTexts(setup.controlTexts.filter((text) => !THINK_TAGS.includes(text)));
  }

  /** Ends where the model goes on: after the beginning of its turn, or in the middle of an answer that comes last. */
  render(messages: readonly ChatMessage[]): RenderedPrompt {
    const last = messages.at(-1);
    const spoken = last?.role === 'assistant' && last.content.trim() === '' ? messages.slice(0, -1) : messages;
    try {
      return this.attempt(spoken);
    } catch (thrown) {
      const gentle = forStrictTemplates(spoken);
      if (gentle.length === spoken.length) throw thrown;
      try {
        return this.attempt(gentle);
      } catch {
        throw thrown;
      }
    }
  }

  private attempt(messages: readonly ChatMessage[]): RenderedPrompt {
    const mark = unusedMark([this.setup.template, ...messages.map(({ content }) => content)]);
    const contents = messages.map(({ role, content }) => ({
      role,
      content: marked(content, mark, role === 'assistant' ? this.answerControls : this.controls),
    }));
    const last = messages.at(-1);
    const unfinished = last?.role === 'assistant' ? last.content : null;
    const written = this.template.render({
      messages: contents,
      add_generation_prompt: unfinished === null,
      bos_token: this.setup.bos,
      eos_token: this.setup.eos,
    });
    const given = messages.reduce((sum, { content }) => sum + content.length, 0);
    if (written.length > 4 * given + MAX_ADDED_CHARACTERS) throw new Error(`it writes ${written.length} characters for ${given}`);
    const [system] = contents;
    if (system?.role === 'system' && !written.includes(system.content.trim())) throw new Error('it leaves the system prompt out');
    const prompt = unfinished === null ? written : cutAfter(written, mark) + trailingSpace(unfinished);
    return {
      pieces: this.pieces(prompt, mark),
      opensThought: unfinished === null ? /<think>\s*$/.test(written) : isInThought(unfinished),
    };
  }

  /** One piece, unless there is text that would become a control token in it. */
  private pieces(prompt: string, mark: string): PromptPiece[] {
    const plain = (text: string): PromptPiece => ({ text: text.replaceAll(mark, ''), isPlain: true });
    const pieces: PromptPiece[] = [];
    let end = 0;
    for (const { index, text } of this.controls.in(prompt)) {
      pieces.push(plain(prompt.slice(end, index)), { text, isPlain: false });
      end = index + text.length;
    }
    pieces.push(plain(prompt.slice(end)));
    const isHarmless = pieces.every(({ text, isPlain }) => !isPlain || this.controls.in(text).length === 0);
    return isHarmless ? [{ text: prompt.replaceAll(mark, ''), isPlain: false }] : pieces.filter(({ text }) => text !== '');
  }
}

/** Some templates know no system prompt, or want the two to take turns: the same conversation without either. */
function forStrictTemplates(messages: readonly ChatMessage[]): ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const { role, content } of messages) {
    const speaker = role === 'system' ? 'user' : role;
    const before = merged.at(-1);
    if (before?.role === speaker) merged[merged.length - 1] = { role: speaker, content: `${before.content}\n\n${content}` };
    else merged.push({ role: speaker, content });
  }
  return merged;
}

function cutAfter(written: string, mark: string): string {
  const end = written.lastIndexOf(mark);
  if (end < 0) throw new Error('it leaves the last answer out');
  return written.slice(0, end);
}

function trailingSpace(text: string): string {
  return text.slice(text.trimEnd().length);
}

function isInThought(answer: string): boolean {
  return answer.trimStart().startsWith('<think>') && !answer.includes('</think>');
}
