/** Why a source of configuration could not be used. What was in force stays in force. */
export class SourceFailure extends Error {
  constructor(
    /** What clients may branch on: `s3_timeout`, `s3_not_found`, `config_invalid`, … */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
    /** Of the document that is wrong, where it was had as a whole. */
    readonly etag?: string,
  ) {
    super(message, options);
    this.name = 'SourceFailure';
  }
}
