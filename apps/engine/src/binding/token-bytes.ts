import type { LlamaModel, Token } from 'node-llama-cpp';

const CONTROL_TYPES = new Set([2, 3]);
const USER_DEFINED_TYPE = 4;
const BYTE_TYPE = 6;
/** Some vocabularies make control tokens of these, but they are part of what a model says. */
const THINK_TAGS = new Set(['<think>', '</think>']);
const NOTHING = new Uint8Array(0);

/** The exact bytes of one token, which may be less than a character. */
export type TokenBytes = (token: Token) => Uint8Array;

/**
 * Byte-level BPE and SentencePiece vocabularies are read directly: the binding's detokeniser returns strings, in which
 * half a character is already lost, and tidies spaces of some models. Other vocabularies have no partial tokens.
 */
export function tokenBytesOf(model: LlamaModel): TokenBytes {
  const { model: kind, tokens, token_type: types } = model.fileInfo.metadata.tokenizer?.ggml ?? {};
  const decode = kind === 'gpt2' ? byteLevelPiece : kind === 'llama' || kind === 't5' ? sentencePiece : undefined;
  if (decode === undefined || tokens === undefined) return (token) => Buffer.from(model.detokenize([token]), 'utf8');
  return (token) => {
    const piece = tokens[token];
    const type = types?.[token] ?? 1;
    if (piece === undefined || (CONTROL_TYPES.has(type) && !THINK_TAGS.has(piece))) return NOTHING;
    return type === USER_DEFINED_TYPE || CONTROL_TYPES.has(type) ? Buffer.from(piece, 'utf8') : decode(piece, type);
  };
}

function sentencePiece(piece: string, type: number): Uint8Array {
  if (type === BYTE_TYPE) return Uint8Array.of(Number.parseInt(piece.slice(3, 5), 16));
  return Buffer.from(piece.replaceAll('\u2581', ' '), 'utf8');
}

/** GPT-2's table, backwards: printable letters that stand for one byte each. */
const BYTE_OF_LETTER = new Map<string, number>();
for (let byte = 0, next = 256; byte < 256; byte++) {
  const isPrintable = (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  BYTE_OF_LETTER.set(String.fromCodePoint(isPrintable ? byte : next++), byte);
}

function byteLevelPiece(piece: string): Uint8Array {
  const bytes = Array.from(piece, (letter) => BYTE_OF_LETTER.get(letter));
  return bytes.includes(undefined) ? Buffer.from(piece, 'utf8') : Uint8Array.from(bytes as number[]);
}
