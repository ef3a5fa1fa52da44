/** Says what is wrong with a file, as the end of the sentence "This is not a usable GGUF file: …". */
export class MalformedHeader extends Error {
  override readonly name = 'MalformedHeader';
}
