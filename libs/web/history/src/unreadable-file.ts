/** Why a file is not taken in: one sentence for who chose it. */
export class UnreadableFile extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'UnreadableFile';
  }
}
