/** A piece of markdown that would hold up the page: it is shown as the text it is. */
export class TooMuchWork extends Error {
  constructor() {
    super('This markdown takes too long to parse.');
    this.name = 'TooMuchWork';
  }
}

/**
 * How much a parser may do, counted in characters that it reads: the same text has the same end on every machine, and
 * however busy that is.
 */
export class WorkBudget {
  constructor(private left: number) {}

  spend(characters: number): void {
    this.left -= characters;
    if (this.left < 0) throw new TooMuchWork();
  }
}
