import { TAGGED_FORMATS, type ThoughtFormat } from './formats';

/** Models whose chat template opens a thought, by what their names hold: their text begins in the middle of it. */
const OPENED: readonly { readonly name: RegExp; readonly format: string }[] = [
  { name: /deepseek[-_ ]?r1(?![a-z\d])/i, format: 'think' },
  { name: /qwq(?!.*preview)/i, format: 'think' },
  { name: /qwen3.*thinking/i, format: 'think' },
  { name: /glm[-_ ]?z1(?![a-z\d])/i, format: 'think' },
  { name: /minimax[-_ ]?m2(?![a-z\d])/i, format: 'think' },
];

/** The form of the thought that a model's chat template opens; undefined where its name does not tell. */
export function openedByTemplateOf(model: string): ThoughtFormat | undefined {
  const format = OPENED.find(({ name }) => name.test(model))?.format;
  return TAGGED_FORMATS.find(({ name }) => name === format);
}
