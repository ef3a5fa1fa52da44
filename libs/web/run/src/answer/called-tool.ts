import { type AnswerView } from './answer-view';

/** A tool that an answer asks for. */
export interface CalledTool {
  /** Which of its stream's calls. */
  readonly index: number;
  readonly name: string;
  /** JSON, as the model wrote it: it may be broken, or not yet whole. */
  readonly arguments: string;
}

/** Whether anything came of an answer. */
export function hasCome({ text, thoughts, calls = [] }: Pick<AnswerView, 'text' | 'thoughts' | 'calls'>): boolean {
  return text !== '' || thoughts !== '' || calls.length > 0;
}

/** What was said and asked for, as one Markdown text: to be copied, exported, and told to the model as its own. */
export function textWithCalls({ text, calls = [] }: Pick<AnswerView, 'text' | 'calls'>): string {
  return [...(text === '' ? [] : [text]), ...calls.map((call) => `**${call.name}**\n\n\`\`\`json\n${call.arguments}\n\`\`\``)].join('\n\n');
}
