import { setImmediate as nextTurn } from 'node:timers/promises';
import { type LlamaModel, type Token, TokenBias } from 'node-llama-cpp';
import type { TokenBytes } from './token-bytes';
import { BETWEEN, BROKEN, isContinuation, STATES, stateAfter } from './utf8-states';

/** Tokens that are looked at before others have their turn. */
const SLICE = 4_096;

interface Spoken {
  readonly token: Token;
  readonly bytes: Uint8Array;
}

/**
 * The tokens of one vocabulary that must not come next under a grammar, by how far the character before them is. The
 * grammar of llama.cpp counts code points but does not see that bytes spell none, nor that a control token stands for
 * no text: of both it would take more for an answer than anybody can read.
 */
export class WholeCharacters {
  private constructor(
    private readonly forbidden: readonly TokenBias[],
    readonly nothing: TokenBias,
  ) {}

  static async of(model: LlamaModel, bytesOf: TokenBytes): Promise<WholeCharacters> {
    const silent: Token[] = [];
    const spoken: Spoken[] = [];
    let seen = 0;
    for (const token of model.iterateAllTokens()) {
      if (++seen % SLICE === 0) await nextTurn();
      const bytes = bytesOf(token);
      if (bytes.length === 0) silent.push(token);
      else if (!isPlain(bytes)) spoken.push({ token, bytes });
    }
    const nothing = TokenBias.for(model);
    return new WholeCharacters(
      forbiddenBy(spoken).map((tokens, state) => TokenBias.for(model).set(state === BETWEEN ? [...silent, ...tokens] : [...tokens], 'never')),
      nothing,
    );
  }

  forbiddenIn(state: number): TokenBias {
    return this.forbidden[state] ?? this.nothing;
  }
}

/** ASCII without NUL stands between two characters, and there only. */
function isPlain(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte > 0 && byte < 0x80);
}

/** By state. What llama.cpp refuses by itself is left out: a further byte where a character begins, and the reverse. */
function forbiddenBy(spoken: readonly Spoken[]): Token[][] {
  const first = spoken.filter(({ bytes }) => !isContinuation(bytes[0]));
  const further = spoken.filter(({ bytes }) => isContinuation(bytes[0]));
  const endless = endlessStates(further);
  return STATES.map((state) => {
    const offered = state === BETWEEN ? first : further;
    return offered.filter(({ bytes }) => endless.has(stateAfter(state, bytes))).map(({ token }) => token);
  });
}

/** The states that no tokens of this vocabulary lead out of. */
function endlessStates(further: readonly Spoken[]): ReadonlySet<number> {
  const endless = new Set([BROKEN, ...STATES.slice(1)]);
  for (let before = 0; before !== endless.size;) {
    before = endless.size;
    for (const state of endless) if (state !== BROKEN && further.some(({ bytes }) => !endless.has(stateAfter(state, bytes)))) endless.delete(state);
  }
  return endless;
}
