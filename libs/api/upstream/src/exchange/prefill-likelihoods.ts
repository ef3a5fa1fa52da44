import { silentOnPrompts, unableToScore } from '@tandem/api/faults';
import type { ScoringRequest, TextPart } from '@tandem/api/completion';
import { isObject } from '../dialects/json';
import { promptOf } from '../dialects/prompt-of';
import type { TokenBytes } from '../dialects/token-spellings';
import { bytesByWords, partsOfTold, readPrefillToken, type ToldToken } from '../dialects/told-tokens';
import { bytesFor } from './likelihood-document';
import type { SideRoutes } from './side-routes';
import { silentOnBytes } from './silent-on';

/** What begins a prompt is one token, where there is any. */
const MOST_BEFORE = 2;

/**
 * How likely a text is for TGI, which tells that of a prompt's tokens and of no others (`decoder_input_details`). It takes prompts as
 * text alone, written as they are when it answers them.
 */
export class PrefillLikelihoods {
  constructor(private readonly routes: SideRoutes) {}

  /** @throws Fault `scoring_unsupported` where the server does not do as TGI does */
  async read({ messages, text }: ScoringRequest, _onProgress: (share: number) => void, signal: AbortSignal): Promise<readonly TextPart[]> {
    const before = messages.length === 0 ? '' : promptOf(messages);
    const told = await this.prefill(before + text, signal);
    const whole = Buffer.from(before + text, 'utf8');
    const start = Buffer.byteLength(before, 'utf8');
    for (let special = 0; special <= Math.min(MOST_BEFORE, told.length - 1); special++) {
      const tokens = told.slice(special);
      const bytes = bytesByWords(tokens, whole);
      if (bytes === undefined) continue;
      const first = firstFrom(start, bytes);
      if (first === undefined) throw unableToScore(this.routes.host, 'makes one token of where the conversation ends and the text begins');
      const parts = partsOfTold(tokens.slice(first), bytes.slice(first), { most: 0, isFirstFree: special + first === 0 });
      if (parts === undefined) throw silentOnPrompts(this.routes.host);
      return parts;
    }
    throw silentOnBytes(this.routes.host);
  }

  private async prefill(inputs: string, signal: AbortSignal): Promise<readonly ToldToken[]> {
    const parameters = { max_new_tokens: 1, do_sample: false, details: true, decoder_input_details: true, return_full_text: false };
    const told = await this.routes.ask('/generate', { inputs, parameters }, signal, bytesFor(inputs.length, 0));
    const document: unknown = told.kind === 'told' ? (Array.isArray(told.document) ? told.document[0] : told.document) : undefined;
    const details = isObject(document) ? document['details'] : undefined;
    const entries = isObject(details) ? details['prefill'] : undefined;
    if (!Array.isArray(entries) || entries.length === 0) throw silentOnPrompts(this.routes.host);
    return entries.map((entry: unknown) => {
      const token = readPrefillToken(entry);
      if (token === undefined) throw silentOnPrompts(this.routes.host);
      return token;
    });
  }
}

/** The token that begins at that byte; undefined where none does. */
function firstFrom(start: number, tokens: readonly TokenBytes[]): number | undefined {
  let at = 0;
  for (const [index, { length }] of tokens.entries()) {
    if (at === start) return index;
    at += length;
  }
  return undefined;
}
