type Value = string | number | Sentence;

/**
 * A sentence as what it is made of: its fixed words, which are the same whenever the same is said, and the values between
 * them. People read its text; code compares what it is made of.
 */
export class Sentence {
  constructor(
    private readonly form: readonly string[],
    private readonly values: readonly Value[] = [],
  ) {}

  get text(): string {
    return this.form.reduce((text, words, index) => `${text}${textOf(this.values[index - 1] ?? '')}${words}`);
  }

  /** Whether the other says the same of the same. */
  isLike({ form, values }: Sentence): boolean {
    return (
      form.length === this.form.length &&
      form.every((words, index) => words === this.form[index]) &&
      values.every((value, index) => isSame(value, this.values[index] ?? ''))
    );
  }
}

/** Makes a sentence of a template. */
export function say(form: TemplateStringsArray, ...values: readonly Value[]): Sentence {
  return new Sentence(form, values);
}

/** Words without values are a sentence too. */
export function sentenceOf(said: string | Sentence): Sentence {
  return typeof said === 'string' ? new Sentence([said]) : said;
}

function textOf(value: Value): string {
  return value instanceof Sentence ? value.text : String(value);
}

function isSame(one: Value, other: Value): boolean {
  return one instanceof Sentence && other instanceof Sentence ? one.isLike(other) : one === other;
}
