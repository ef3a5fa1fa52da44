/** What a failure is told by, in parts. */
export interface Told {
  /** The request field that it is about, as the client calls it. It comes first, before a colon. */
  readonly field?: string;
  /** Host and port of the model server that did it; none where it was somebody else. */
  readonly server?: string;
  /** What happened, or what that server did; without a full stop. */
  readonly what: string;
  /** What to do about it, or what may lie behind it. It follows a colon. */
  readonly hint?: string;
  /** That server's own words, masked and short; empty where it said nothing. */
  readonly quoted?: string;
}

/** The parts as people read them. `subject`: how the server is called, where there is one. */
export function sentenceOf({ field, server, what, hint, quoted = '' }: Told, subject = `The model server at ${server}`): string {
  const happened = server === undefined ? what : `${subject} ${what}`;
  const about = field === undefined ? '' : `${field}: `;
  return `${about}${happened}${hint === undefined ? '' : `: ${hint}`}.${quoted === '' ? '' : ` It said: "${quoted}"`}`;
}
