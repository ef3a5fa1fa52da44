import { say, type Sentence, sentenceOf } from './sentence';

/** Configuration that cannot be used: one line that says where, what is wrong and what it must be. */
export class ConfigurationError extends Error {
  /** All of the line. */
  readonly sentence: Sentence;

  constructor(
    /** The file or variable, such as `config.json` or `BASELINE_MODELS`. */
    readonly origin: string,
    problem: string | Sentence,
  ) {
    const sentence = say`${origin}: ${sentenceOf(problem)}`;
    super(sentence.text);
    this.name = 'ConfigurationError';
    this.sentence = sentence;
  }
}
