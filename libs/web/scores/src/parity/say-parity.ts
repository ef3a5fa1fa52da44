import { type OfBoth, type PairSide, type Parity, type ParityDifference, type PromptMethod } from '@tandem/shared/contracts';

const METHODS: Readonly<Record<PromptMethod, string>> = {
  engine: 'as this server puts it',
  apply_template: 'as its server says by /apply-template',
  tokenize: 'as its server says by /tokenize',
  none: 'its server does not tell',
};

export function sayMethod(method: PromptMethod): string {
  return METHODS[method];
}

/** What could not be made equal, each in a sentence. */
export function sayDifferences({ differences }: Parity, names: OfBoth<string>): readonly string[] {
  return differences.map((difference) => sayOne(difference, names));
}

function sayOne(difference: ParityDifference, names: OfBoth<string>): string {
  const who = (sides: readonly PairSide[]): string => sides.map((side) => names[side]).join(' and ');
  switch (difference.kind) {
    case 'prompt':
      return `The prompts part at byte ${sayCount(difference.byte)}: ${names.baseline} goes on with ${quote(difference.baseline)}, ${names.derivative} with ${quote(difference.derivative)}. Two chat templates put the same conversation in different words.`;
    case 'tokens':
      return `The prompts’ tokens part at number ${sayCount(difference.token + 1)}: ${names.baseline} reads ${sayId(difference.baseline)}, ${names.derivative} ${sayId(difference.derivative)}.`;
    case 'prompt_unknown':
      return `Nobody can tell what ${who(difference.sides)} ${difference.sides.length > 1 ? 'read' : 'reads'}: the server says neither how it puts the conversation nor which tokens that gives.`;
    case 'parameter':
      return `${difference.name.replaceAll('_', ' ')}: ${names.baseline} is asked with ${sayValue(difference.baseline)}, ${names.derivative} with ${sayValue(difference.derivative)}.`;
    case 'cache':
      return `${who(difference.sides)} may use what is kept of earlier prompts, in other batches: the last digits of a probability can differ from one time to the next.`;
    case 'truncation':
      return `${who(difference.sides)} may cut a prompt that is too long without a word. Keep it well below the context length.`;
    default:
      return difference satisfies never;
  }
}

function sayId(id: number | null): string {
  return id === null ? 'nothing more' : `token ${id}`;
}

/** Null where it is not sent: its server's own value holds. */
function sayValue(value: unknown): string {
  if (value === null) return 'its server’s own value, which cannot be set';
  return Array.isArray(value) ? (value.length === 0 ? 'none' : value.map((each) => quote(String(each))).join(', ')) : String(value);
}

function quote(text: string): string {
  return text === '' ? 'nothing' : `“${text.replaceAll('\n', '↵')}”`;
}

function sayCount(count: number): string {
  return count.toLocaleString('en');
}
