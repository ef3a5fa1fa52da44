import type { PromptCheck } from '@tandem/shared/contracts';
import { compileRegex } from './compile-regex';
import { compileSchema, readyForSchemas } from './compile-schema';
import { withinTime } from './within-time';

/** What no expression and no schema that somebody means takes, in milliseconds. */
export const COMPILE_MS = 2_000;
/** More are made anew when they are needed. */
const KEPT = 500;

type Tester<Subject> = (subject: Subject) => boolean;

/** What is made of an expression or a schema once, and kept while it is in use. */
export class CompiledChecks {
  private readonly regexes = new Map<string, Tester<string>>();
  private readonly schemas = new Map<string, Tester<unknown>>();

  regexOf({ value }: PromptCheck): Tester<string> {
    const source = String(value);
    return kept(this.regexes, source, () => compileRegex(source));
  }

  schemaOf({ value }: PromptCheck): Tester<unknown> {
    readyForSchemas();
    return kept(this.schemas, JSON.stringify(value), () => compileSchema(value as object | boolean));
  }
}

function kept<Subject>(known: Map<string, Tester<Subject>>, source: string, compile: () => Tester<Subject>): Tester<Subject> {
  const there = known.get(source);
  if (there !== undefined) return there;
  const made = withinTime(COMPILE_MS, compile);
  const [oldest] = known.keys();
  if (known.size >= KEPT && oldest !== undefined) known.delete(oldest);
  known.set(source, made);
  return made;
}
