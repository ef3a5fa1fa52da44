import { type Fields, fieldsOf, listOf } from '../fields';

const CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const ENDINGS = ' ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';
const CASED = (ending: string): string =>
  [
    `[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+${ending}`,
    `[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*${ending}`,
  ].join('|');
const CASED_ENDINGS = ' ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';
const split = (regex: string): string => `split ${regex}`;
const GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const GPT2_BYTES = 'bytes by words';
const BYTES = 'bytes';
const LLAMA3 = `${CONTRACTIONS}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|${ENDINGS}`;
const QWEN2 = `${CONTRACTIONS}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|${ENDINGS}`;
const QWEN35 = `${CONTRACTIONS}|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+`;
const DEEPSEEK3 = [
  '\\p{N}{1,3}',
  '[一-龥぀-ゟ゠-ヿ]+',
  '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+',
];
const DEEPSEEK_CODER = ['[\\r\\n]', '\\s?\\p{L}+', '\\s?\\p{P}+', '[一-龥ࠀ-一가-퟿]+'];

/** `takesWholeWords`: a word that is a token is taken as it is, without merging. */
interface PreTokenizer {
  readonly name: string;
  readonly takesWholeWords: boolean;
}

const merging = (name: string): PreTokenizer => ({ name, takesWholeWords: false });
const taking = (name: string): PreTokenizer => ({ name, takesWholeWords: true });

/** llama.cpp knows a way of cutting by a name; here are the ways, as `tokenizer.json` writes them. */
const KNOWN: readonly (readonly [structure: readonly string[], ...names: PreTokenizer[]])[] = [
  [[GPT2_BYTES], merging('gpt-2')],
  [[split(GPT2), BYTES], merging('gpt-2')],
  [['digits', GPT2_BYTES], merging('smollm')],
  [[split(LLAMA3), BYTES], taking('llama-bpe'), merging('smaug-bpe')],
  [[split(QWEN2), BYTES], merging('qwen2')],
  [[split(QWEN35), BYTES], merging('qwen35')],
  [[...DEEPSEEK3.map(split), BYTES], merging('deepseek-v3')],
  [[...DEEPSEEK_CODER.map(split), 'digits', BYTES], merging('deepseek-coder')],
  [[split(`${CASED('')}|\\p{N}|${CASED_ENDINGS}`), BYTES], taking('tekken')],
  [[split(`${CASED(`${CONTRACTIONS}?`)}|\\p{N}{1,3}|${CASED_ENDINGS}`), BYTES], merging('gpt-4o')],
];

const BY_STRUCTURE = new Map(KNOWN.map(([structure, ...names]) => [structure.join('\n'), names]));

/** The names for this way of cutting, or undefined where llama.cpp has none that is the same. */
export function preTokenizersFor(described: unknown): readonly PreTokenizer[] | undefined {
  const steps = stepsOf(fieldsOf(described));
  return steps && BY_STRUCTURE.get(steps.join('\n'));
}

function stepsOf(described: Fields): string[] | undefined {
  switch (described['type']) {
    case 'Sequence': {
      const parts = listOf(described['pretokenizers']).map((part) => stepsOf(fieldsOf(part)));
      return parts.includes(undefined) ? undefined : (parts as string[][]).flat();
    }
    case 'ByteLevel':
      if (described['add_prefix_space'] === true) return undefined;
      return [described['use_regex'] === false ? BYTES : GPT2_BYTES];
    case 'Digits':
      return described['individual_digits'] === true ? ['digits'] : undefined;
    case 'Split':
      return splitStep(described);
    default:
      return undefined;
  }
}

function splitStep({ pattern, behavior, invert }: Fields): string[] | undefined {
  const regex = fieldsOf(pattern)['Regex'];
  // Keeping what matches is the same as cutting around it where everything matches, as all of these do at their end.
  const isIsolated = behavior === 'Isolated' && invert !== true;
  const isKept = behavior === 'Removed' && invert === true && typeof regex === 'string' && regex.endsWith('|\\s+');
  return typeof regex === 'string' && (isIsolated || isKept) ? [split(spelled(regex))] : undefined;
}

/** One spelling for what means the same: escapes of line ends, of quotes, and contractions written out. */
function spelled(regex: string): string {
  return regex
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
    .replaceAll('\\"', '"')
    .replaceAll("(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])", CONTRACTIONS);
}
