/** Configuration that cannot be used: one line that says where, what is wrong and what it must be. */
export class ConfigurationError extends Error {
  constructor(
    /** The file or variable, such as `config.json` or `BASELINE_MODELS`. */
    readonly origin: string,
    readonly problem: string,
  ) {
    super(`${origin}: ${problem}`);
    this.name = 'ConfigurationError';
  }
}
