import type { LlamaModel, Token } from 'node-llama-cpp';
import { type TokenBytes, tokenBytesOf } from './token-bytes';
import { TokenText } from './token-text';

/** A model of which only the vocabulary is looked at. */
function vocabulary(kind: string, tokens: readonly string[], types?: readonly number[], pre?: string): TokenBytes {
  const ggml = { model: kind, tokens, token_type: types ?? tokens.map(() => 1), pre };
  return tokenBytesOf({
    fileInfo: { metadata: { tokenizer: { ggml } } },
    detokenize: (ids: readonly number[]) => ids.map((id) => tokens[id]).join(''),
  } as unknown as LlamaModel);
}

function textOf(bytesOf: TokenBytes, count: number): string[] {
  const text = new TokenText(bytesOf);
  return Array.from({ length: count }, (_, token) => text.push(token as Token));
}

describe('TokenText', () => {
  it('gives out a character when its last byte has come', () => {
    const halves = vocabulary('gpt2', ['ðŁ', 'ĺ', 'Ģ', 'Ġok']);
    expect(textOf(halves, 4)).toEqual(['', '', '😀', ' ok']);
  });

  it('never gives out half a character that the end cut off', () => {
    expect(textOf(vocabulary('gpt2', ['a', 'ðŁ']), 2).join('')).toBe('a');
  });

  it('reads the byte tokens and spaces of SentencePiece', () => {
    const tokens = ['▁Hi', '<0xC3>', '<0xA9>', '▁'];
    expect(textOf(vocabulary('llama', tokens, [1, 6, 6, 1]), 4)).toEqual([' Hi', '', 'é', ' ']);
  });

  it('reads byte tokens and spaces of byte-pair vocabularies that write them as SentencePiece does', () => {
    expect(textOf(vocabulary('gemma4', ['▁Hi', '<0xC3>', '<0xA9>'], [1, 6, 6]), 3)).toEqual([' Hi', '', 'é']);
    expect(textOf(vocabulary('gpt2', ['Ġa', '<0xC3>', '<0xA9>'], [1, 6, 6]), 3)).toEqual([' a', '', 'é']);
    expect(textOf(vocabulary('gpt2', ['▁Hi'], [1], 'gemma4'), 1)).toEqual([' Hi']);
    expect(textOf(vocabulary('plamo2', ['日', '<0xC3>', '<0xA9>'], [1, 6, 6]), 3)).toEqual(['日', '', 'é']);
  });

  it("reads RWKV's tokens, which are written as Python writes bytes", () => {
    const tokens = ['\\xf0\\x9f', '\\x98\\x80!', "it\\'s\\n", '\\\\x41', '\\t\\r', '日', 'a\\'];
    expect(textOf(vocabulary('rwkv', tokens), tokens.length)).toEqual(['', '😀!', "it's\n", '\\x41', '\t\r', '日', 'a']);
  });

  it('says nothing for control tokens, and user-defined ones literally', () => {
    const tokens = ['<|im_end|>', '<think>', 'Ġx'];
    expect(textOf(vocabulary('gpt2', tokens, [3, 4, 1]), 3)).toEqual(['', '<think>', ' x']);
    expect(textOf(vocabulary('gpt2', tokens, [3, 3, 1]), 3)).toEqual(['', '', ' x']);
  });

  it('keeps a byte order mark', () => {
    expect(textOf(vocabulary('gpt2', ['ï»¿', 'a']), 2).join('')).toBe('\uFEFFa');
  });

  it('leaves other vocabularies to the binding', () => {
    expect(textOf(vocabulary('bert', ['un', 'likely']), 2).join('')).toBe('unlikely');
  });
});
