import { TAGGED_FORMATS, type ThoughtFormat } from './formats';

/** Models whose chat template opens a thought, by what their names hold and lack: their text begins in the middle of it. */
const OPENED: readonly { readonly holds: readonly RegExp[]; readonly lacks?: RegExp; readonly format: string }[] = [
  { holds: [/deepseek[-_ ]?r1(?![a-z\d])/i], format: 'think' },
  { holds: [/qwq/i], lacks: /preview/i, format: 'think' },
  { holds: [/qwen3/i, /thinking/i], format: 'think' },
  { holds: [/glm[-_ ]?z1(?![a-z\d])/i], format: 'think' },
  { holds: [/minimax[-_ ]?m2(?![a-z\d])/i], format: 'think' },
];

/** The form of the thought that a model's chat template opens; undefined where its name does not tell. */
export function openedByTemplateOf(model: string): ThoughtFormat | undefined {
  const format = OPENED.find(({ holds, lacks }) => holds.every((part) => part.test(model)) && lacks?.test(model) !== true)?.format;
  return TAGGED_FORMATS.find(({ name }) => name === format);
}
