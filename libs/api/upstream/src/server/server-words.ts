import type { CompletionRequest } from '@tandem/api/completion';

const MAX_CHARACTERS = 200;
/** Shorter texts occur by chance. */
const MIN_SECRET_CHARACTERS = 8;

/** What a model server's words must not repeat: the key, and what people wrote. */
export function secretsOf(apiKey: string | undefined, request?: CompletionRequest): readonly string[] {
  const texts = [apiKey ?? '', ...(request?.messages ?? []).map(({ content }) => content)];
  return texts.filter((text) => text.length >= MIN_SECRET_CHARACTERS);
}

/** Of what a server says, before it is masked and cut: it may say a megabyte, and a conversation has a thousand messages to mask. */
const READ_CHARACTERS = 1_000;

/** A model server's own words, fit to stand in a fault: one line, short, without secrets. */
export function quoteServer(words: string, secrets: readonly string[]): string {
  const read = words.length > READ_CHARACTERS ? withoutCutSecret(words.slice(0, READ_CHARACTERS), secrets) : words;
  const masked = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), read);
  const line = masked.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS)}…` : line;
}

/** The beginning of a model server's words, without what they repeat: for reading, not for people. */
export function withoutSecrets(words: string, secrets: readonly string[]): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, ' '), words.slice(0, 4 * READ_CHARACTERS));
}

/** Where the text was cut within a secret, no whole one stands there to be found. */
function withoutCutSecret(text: string, secrets: readonly string[]): string {
  const starts = secrets.map((secret) => startOfCut(text, secret)).filter((start) => start >= 0);
  return text.slice(0, Math.min(text.length, ...starts));
}

function startOfCut(text: string, secret: string): number {
  const beginning = secret.slice(0, MIN_SECRET_CHARACTERS);
  let start = text.indexOf(beginning, Math.max(0, text.length - secret.length + 1));
  while (start >= 0 && !secret.startsWith(text.slice(start))) start = text.indexOf(beginning, start + 1);
  return start;
}
