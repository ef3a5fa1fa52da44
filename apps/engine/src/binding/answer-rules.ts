import type { LlamaGrammarEvaluationState, SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import type { TokenBytes } from './token-bytes';
import { BETWEEN, BROKEN, stateAfter } from './utf8-states';
import type { WholeCharacters } from './whole-characters';

/** Holds one answer to a grammar and to whole characters. It is told every token, those of thoughts included. */
export class AnswerRules {
  private state = BETWEEN;

  constructor(
    private readonly grammar: LlamaGrammarEvaluationState,
    private readonly characters: WholeCharacters,
    private readonly bytesOf: TokenBytes,
  ) {}

  note(token: Token): void {
    const reached = stateAfter(this.state, this.bytesOf(token));
    this.state = reached === BROKEN ? BETWEEN : reached;
  }

  /** In the binding's terms. `isFree` is asked before every token. */
  options(isFree: () => boolean): Pick<SequenceEvaluateOptions, 'grammarEvaluationState' | 'tokenBias'> {
    return {
      grammarEvaluationState: () => (isFree() ? undefined : this.grammar),
      tokenBias: () => (isFree() ? this.characters.nothing : this.characters.forbiddenIn(this.state)),
    };
  }
}
