import { type Sentence, sentenceOf } from './sentence';

/** Why a source of configuration could not be used. What was in force stays in force. */
export class SourceFailure extends Error {
  readonly sentence: Sentence;

  constructor(
    /** What clients may branch on: `s3_timeout`, `s3_not_found`, `config_invalid`, … */
    readonly code: string,
    sentence: string | Sentence,
    options?: ErrorOptions,
    /** Of the document that is wrong, where it was had as a whole. */
    readonly etag?: string,
  ) {
    super(sentenceOf(sentence).text, options);
    this.name = 'SourceFailure';
    this.sentence = sentenceOf(sentence);
  }
}
