/** Why a source of configuration could not be used. What was in force stays in force. */
export class SourceFailure extends Error {
  constructor(
    /** What clients may branch on: `s3_timeout`, `s3_not_found`, `config_invalid`, … */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'SourceFailure';
  }
}
