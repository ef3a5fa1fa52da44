import type { CompletionSource, LikelyPart, ScoringRequest, TextPart } from '@tandem/api/completion';
import { silentOnPrompts } from '@tandem/api/faults';
import { type LikelyToken, NEUTRAL_PARAMETERS, type TokenLogprob } from '@tandem/shared/contracts';

/** As many alternatives as servers tell, but for one: some tell the token itself in the place of the last. */
const MOST_ALTERNATIVES = 19;
/** Below every likelihood that a model gives: stands where a server told none. */
const UNTOLD = -9_998;
const SPELLED_BYTES = /^bytes:((?:\\x[0-9a-f]{2})+)$/i;

/**
 * How likely a text is for a server that tells a prompt again. One that takes the request need not have understood it:
 * every token must be there, with its likelihood. Alternatives are at most 19.
 * @throws Fault `scoring_unsupported` where they are not
 */
export async function readEcho(
  source: CompletionSource,
  { text, alternatives }: ScoringRequest,
  host: string,
  signal: AbortSignal,
): Promise<readonly TextPart[]> {
  const most = Math.min(alternatives, MOST_ALTERNATIVES);
  const request = {
    messages: [{ role: 'user', content: text }],
    parameters: { ...NEUTRAL_PARAMETERS, temperature: 0, max_tokens: 1, seed: 0 },
    demands: { isRaw: true, echo: { isAlone: true }, logprobs: most + 1 },
  } as const;
  const tokens: TokenLogprob[] = [];
  let said = '';
  const sink = {
    phase: () => undefined,
    text: (piece: string) => void (said += piece),
    logprobs: (some: readonly TokenLogprob[]) => void tokens.push(...some),
  };
  const admitted = (await source.admit?.(request, signal)) ?? source;
  const end = await admitted.complete(request, sink, signal);
  signal.throwIfAborted();
  const parts = said === text && end.ignoredParameters?.includes('max_tokens') !== true ? partsOf(text, tokens, most) : undefined;
  if (parts === undefined) throw silentOnPrompts(host);
  return parts;
}

/** Undefined where they are not those of all of the text. What begins every prompt may stand before it. */
function partsOf(text: string, tokens: readonly TokenLogprob[], most: number): readonly TextPart[] | undefined {
  const bytes = tokens.map(bytesOf);
  const isText = (from: number): boolean => Buffer.concat(bytes.slice(from).map((some) => Uint8Array.from(some))).equals(Buffer.from(text, 'utf8'));
  const from = [0, 1].find(isText);
  if (from === undefined || tokens.length === 0) return undefined;
  const parts = tokens.slice(from).map((token, index): TextPart => {
    const isFirst = from === 0 && index === 0;
    const top = isFirst ? [] : topOf(token).slice(0, most);
    const rank = top.findIndex((other) => Buffer.from(other.bytes).equals(Buffer.from(bytes[from + index] ?? []))) + 1;
    return { id: null, bytes: bytes[from + index] ?? [], logprob: isFirst ? null : token.logprob, rank: rank === 0 ? null : rank, top };
  });
  return parts.every(({ logprob }) => logprob === null || logprob > UNTOLD) && !parts.some(isSwallowed) ? parts : undefined;
}

/** vLLM writes nothing for part of a character, and all of it with its last token: nobody knows which bytes are whose then. */
function isSwallowed({ bytes }: TextPart, index: number, parts: readonly TextPart[]): boolean {
  return bytes.length === 0 && (parts[index + 1]?.bytes ?? []).some((byte) => byte >= 0x80);
}

function topOf({ top_logprobs: top }: TokenLogprob): readonly LikelyPart[] {
  return top.map((other): LikelyPart => ({ id: null, bytes: bytesOf(other), logprob: other.logprob })).sort((one, other) => other.logprob - one.logprob);
}

function bytesOf({ token, bytes }: LikelyToken): readonly number[] {
  if (bytes !== null) return bytes;
  const [, spelled] = SPELLED_BYTES.exec(token) ?? [];
  return [...(spelled === undefined ? Buffer.from(token, 'utf8') : Buffer.from(spelled.replaceAll('\\x', ''), 'hex'))];
}
