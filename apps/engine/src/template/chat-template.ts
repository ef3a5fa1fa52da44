import { type ChatTurn, spokenOf } from '@tandem/shared/contracts';
import type { OfferedTools } from '@tandem/shared/engine-protocol';
import { marksIn, openingOf, type ThoughtFormat } from '@tandem/shared/thoughts';
import { CONTENT_FORMS, type ContentForm, conversationForms } from './conversation-forms';
import { JinjaTemplate } from './jinja';
import { lostMessage } from './lost-messages';
import { broken, ControlTexts, marked, unusedMark } from './marks';
import { callValues, idOf, toolValues } from './tool-values';

/** A model's chat template, and what of its vocabulary a template can name. */
export interface TemplateSetup {
  readonly template: string;
  readonly bos: string;
  readonly eos: string;
  /** Every control token as it is written. */
  readonly controlTexts: readonly string[];
  /** The forms that the model's thoughts may have. */
  readonly formats: readonly ThoughtFormat[];
}

/** What a prompt is made of. */
export interface Conversation {
  readonly messages: readonly ChatTurn[];
  readonly tools?: OfferedTools['definitions'] | undefined;
}

/** Part of a prompt. In one that is `isPlain`, what looks like a control token is text. */
export interface PromptPiece {
  readonly text: string;
  readonly isPlain: boolean;
}

export interface RenderedPrompt {
  readonly pieces: readonly PromptPiece[];
  /** What its end has begun of the answer, such as the mark of a thought; empty where the model begins by itself. */
  readonly opening: string;
}

export const NO_PLACE_FOR_TOOLS = 'it has no place for tools';

/** The conversation alone would be written. */
export class NoPlaceForTools extends Error {
  constructor() {
    super(NO_PLACE_FOR_TOOLS);
  }
}

/** What a template may add to a conversation: far more than any that is meant seriously. */
const MAX_ADDED_CHARACTERS = 256 * 1024;

/** Writes conversations the way a model was trained to read them. Runs wherever a template may run away. */
export class ChatTemplate {
  private readonly template: JinjaTemplate;
  private readonly controls: ControlTexts;
  /** An earlier answer may have thought; anyone else only writes about it. */
  private readonly answerControls: ControlTexts;

  constructor(private readonly setup: TemplateSetup) {
    this.template = new JinjaTemplate(setup.template);
    this.controls = new ControlTexts(setup.controlTexts);
    const marks = marksIn(setup.formats.filter(({ kind }) => kind === 'tagged'));
    this.answerControls = new ControlTexts(setup.controlTexts.filter((text) => !marks.has(text)));
  }

  /**
   * Ends where the model goes on: after the beginning of its turn, or in the middle of an answer that comes last. A
   * conversation that the template refuses, or of which it would drop something, is written in another way.
   */
  render(messages: readonly ChatTurn[], tools?: Conversation['tools']): RenderedPrompt {
    const last = messages.at(-1);
    const spoken = last?.role === 'assistant' && last.content.trim() === '' && !last.tool_calls ? messages.slice(0, -1) : messages;
    try {
      return this.written(spoken, tools);
    } catch (thrown) {
      if (last === undefined || last.role !== 'assistant' || last === messages[0]) throw thrown;
      // It may know answers that are over only, and leave the last one out.
      const { pieces, opening } = this.written(messages.slice(0, -1), tools);
      return { pieces: [...pieces, { text: last.content, isPlain: true }], opening: opening + last.content };
    }
  }

  private written(messages: readonly ChatTurn[], tools: Conversation['tools']): RenderedPrompt {
    let refusal: unknown;
    for (const form of conversationForms(messages)) {
      for (const contents of CONTENT_FORMS) {
        try {
          return this.attempt(form, contents, tools);
        } catch (thrown) {
          refusal ??= thrown;
        }
      }
    }
    throw refusal;
  }

  private attempt(messages: readonly ChatTurn[], contents: ContentForm, tools: Conversation['tools']): RenderedPrompt {
    const mark = unusedMark([this.setup.template, JSON.stringify(tools ?? []), ...messages.map((message) => spokenOf(message))]);
    const breaking = (text: string): string => broken(text, mark, this.controls);
    const given = messages.map((message) => ({
      ...message,
      content: marked(message.content, mark, message.role === 'assistant' ? this.answerControls : this.controls),
    }));
    const last = messages.at(-1);
    const unfinished = last?.role === 'assistant' && !last.tool_calls ? last.content : null;
    const written = this.template.render({
      messages: given.map(({ role, content, tool_calls: calls, tool_call_id: id }) => {
        if (id !== undefined) return { role: 'tool', content, tool_call_id: idOf(id), name: nameOf(id, messages) };
        const said = { role, content: contents[role] === 'parts' ? [{ type: 'text', text: content }] : content };
        return calls === undefined ? said : { ...said, tool_calls: callValues(calls, mark, breaking) };
      }),
      add_generation_prompt: unfinished === null,
      bos_token: this.setup.bos,
      eos_token: this.setup.eos,
      // As the library does that templates are written for: there, and empty.
      tools: tools === undefined ? null : toolValues(tools, mark, breaking),
      documents: null,
    });
    const length = messages.reduce((sum, message) => sum + spokenOf(message).length, tools === undefined ? 0 : JSON.stringify(tools).length);
    if (written.length > 4 * length + MAX_ADDED_CHARACTERS) throw new Error(`it writes ${written.length} characters for ${length}`);
    if (tools?.some(({ name }) => !written.includes(mark + name))) throw new NoPlaceForTools();
    if (messages.some(({ tool_calls: calls = [] }) => calls.some(({ name }) => !written.includes(mark + name)))) throw new Error('it leaves a tool call out');
    const lost = lostMessage(written, given, this.setup.formats);
    if (lost !== null) throw new Error(`it leaves ${lost} out`);
    const prompt = unfinished === null ? written : cutAfter(written, mark) + trailingSpace(unfinished);
    return { pieces: this.pieces(prompt, mark), opening: this.opening(prompt, unfinished) };
  }

  /** What a conversation holds is no mark: those are broken in it. */
  private opening(prompt: string, unfinished: string | null): string {
    const begun = openingOf(prompt, unfinished === null ? this.setup.formats : this.setup.formats.filter(({ kind }) => kind === 'channels'));
    return begun === '' ? (unfinished ?? '') : begun;
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

/** What came of a call is told with the tool's name as well. */
function nameOf(id: string, messages: readonly ChatTurn[]): string {
  return messages.flatMap(({ tool_calls: calls = [] }) => calls).find((call) => call.id === id)?.name ?? '';
}

function cutAfter(written: string, mark: string): string {
  const end = written.lastIndexOf(mark);
  if (end < 0) throw new Error('it leaves the last answer out');
  return written.slice(0, end);
}

function trailingSpace(text: string): string {
  return text.slice(text.trimEnd().length);
}
