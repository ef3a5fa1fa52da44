/** Of package.json, put in by the bundler and by the tests' configuration. */
declare const TANDEM_VERSION: string;

/** Of Tandem. */
export const VERSION = TANDEM_VERSION;
