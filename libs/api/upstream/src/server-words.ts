import type { CompletionRequest } from '@tandem/api/completion';

const MAX_CHARACTERS = 200;
/** Shorter texts occur by chance. */
const MIN_SECRET_CHARACTERS = 8;

/** What a model server's words must not repeat: the key, and what people wrote. */
export function secretsOf(apiKey: string | undefined, request?: CompletionRequest): readonly string[] {
  const texts = [apiKey ?? '', ...(request?.messages ?? []).map(({ content }) => content)];
  return texts.filter((text) => text.length >= MIN_SECRET_CHARACTERS);
}

/** A model server's own words, fit to stand in a fault: one line, short, without secrets. */
export function quoteServer(words: string, secrets: readonly string[]): string {
  const masked = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), words);
  const line = masked.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS)}…` : line;
}
