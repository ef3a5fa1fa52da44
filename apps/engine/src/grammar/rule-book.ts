import { JSON_RULES } from './json-rules';
import { unusable } from './schema';

const MOST_RULES = 8_000;
export const MOST_CHARACTERS = 256 * 1024;
/** llama.cpp writes a repetition out, each time as a rule; reading 10,000 of them takes it 10 ms. */
const MOST_WRITTEN_OUT = 10_000;

/** The rules of one grammar by name. What is the same is one rule; a grammar that would be slow to read is refused. */
export class RuleBook {
  private readonly bodies = new Map<string, string>(Object.entries(JSON_RULES));
  private readonly names = new Map<string, string>();
  private reserved = 0;
  private characters = 0;
  private writtenOut = 0;

  /** The name of a rule with this body. */
  named(body: string, path: string): string {
    return this.find(body) ?? this.define(this.reserve(path), body, path);
  }

  /** The rule that has this body already. */
  find(body: string): string | undefined {
    return this.names.get(body);
  }

  /** A name whose body is still to come, so that it can refer to itself. */
  reserve(path: string): string {
    if (++this.reserved > MOST_RULES) throw tooLarge(path);
    return `rule-${this.reserved}`;
  }

  /** `writtenOut`: how often something is repeated in it. */
  define(name: string, body: string, path: string, writtenOut = 0): string {
    this.characters += body.length;
    this.writtenOut += writtenOut;
    if (this.characters > MOST_CHARACTERS || this.writtenOut > MOST_WRITTEN_OUT) throw tooLarge(path);
    this.bodies.set(name, body);
    this.names.set(body, name);
    return name;
  }

  /** Characters of a text, from one number to another: each number is one rule, for all texts. */
  characterCount(least: number, most: number): string {
    const further = Number.isFinite(most) ? this.chain('chars', most - least, (next) => `char ${next} | ""`) : 'char*';
    return `${this.chain('exactly', least, (next) => `char ${next}`)} ${further}`.trim();
  }

  text(root: string): string {
    return [`root ::= ${root}`, ...[...this.bodies].map(([name, body]) => `${name} ::= ${body}`), ''].join('\n');
  }

  private chain(name: string, length: number, link: (next: string) => string): string {
    for (let at = 1; at <= length; at++) {
      if (!this.bodies.has(`${name}-${at}`)) this.bodies.set(`${name}-${at}`, link(at === 1 ? '' : `${name}-${at - 1}`));
    }
    return length === 0 ? '' : `${name}-${length}`;
  }
}

function tooLarge(path: string): Error {
  return unusable(path, 'it is too large');
}
