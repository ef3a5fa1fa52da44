import type { LlamaModel, Token } from 'node-llama-cpp';
import { unescapedRwkv } from './unescaped-rwkv';

const CONTROL_TYPES = new Set([2, 3]);
const USER_DEFINED_TYPE = 4;
const BYTE_TYPE = 6;
const NOTHING = new Uint8Array(0);
/** Byte-pair vocabularies that write spaces as SentencePiece does, by what splits their text. */
const SPACED_BPE = new Set(['gemma4', 'granite-embed-multi-311m', 'sarvam-moe']);

/** The exact bytes of one token, which may be less than a character. Control tokens say nothing. */
export type TokenBytes = (token: Token) => Uint8Array;

/**
 * Vocabularies whose tokens can hold part of a character are read directly: the binding's detokeniser returns strings,
 * in which half a character is already lost, and tidies spaces of some models.
 */
export function tokenBytesOf(model: LlamaModel): TokenBytes {
  const { tokens, token_type: types } = model.fileInfo.metadata.tokenizer?.ggml ?? {};
  const decode = decoderOf(model);
  if (decode === undefined || tokens === undefined) return (token) => Buffer.from(model.detokenize([token]), 'utf8');
  return (token) => {
    const piece = tokens[token];
    const type = types?.[token] ?? 1;
    if (piece === undefined || CONTROL_TYPES.has(type)) return NOTHING;
    if (type === BYTE_TYPE && /^<0x[0-9a-f]{2}>$/i.test(piece)) return Uint8Array.of(Number.parseInt(piece.slice(3, 5), 16));
    return type === USER_DEFINED_TYPE ? Buffer.from(piece, 'utf8') : decode(piece);
  };
}

/** How a control token is written; empty for what is text. Whatever llama.cpp takes for an end is one, as the file may not say. */
export function controlTextsOf(model: LlamaModel): (token: Token) => string {
  const { tokens, token_type: types } = model.fileInfo.metadata.tokenizer?.ggml ?? {};
  return (token) => (CONTROL_TYPES.has(types?.[token] ?? 1) || model.isEogToken(token) ? (tokens?.[token] ?? '') : '');
}

function decoderOf(model: LlamaModel): ((piece: string) => Uint8Array) | undefined {
  const { model: kind, pre } = (model.fileInfo.metadata.tokenizer?.ggml ?? {}) as { readonly model?: string; readonly pre?: string };
  switch (kind) {
    case 'gpt2':
    case 'hybriddna':
    case 'whitespace':
      return SPACED_BPE.has(pre ?? '') ? sentencePiece : byteLevelPiece;
    case 'llama':
    case 't5':
    case 'gemma4':
      return sentencePiece;
    case 'rwkv':
      return unescapedRwkv;
    case 'plamo2':
      return (piece) => Buffer.from(piece, 'utf8');
    default:
      return undefined;
  }
}

function sentencePiece(piece: string): Uint8Array {
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
