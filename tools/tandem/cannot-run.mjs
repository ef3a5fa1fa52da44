/** Why nothing could be found out: a sentence for whoever reads the log. */
export class CannotRun extends Error {}
