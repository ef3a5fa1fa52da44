/** Of what is asked again and again, only the last counts: an earlier answer may come later. */
export class Latest {
  private begun = 0;

  /** Begins to ask. What it gives tells whether nothing was begun since. */
  begin(): () => boolean {
    const own = ++this.begun;
    return () => own === this.begun;
  }
}
