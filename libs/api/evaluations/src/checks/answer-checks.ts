import type { CheckType, PromptCheck } from '@tandem/shared/contracts';
import { CompiledChecks } from './compiled-checks';
import { jsonIn } from './json-in';
import { withinTime } from './within-time';
import { wordCount } from './word-count';

/** What came of one check. */
export interface CheckFinding {
  readonly type: CheckType;
  /** Null where it could not be told. */
  readonly passed: boolean | null;
}

/** What came of all checks of an answer. */
export interface CheckResult {
  /** Whether all were passed; null where none could be told. */
  readonly passed: boolean | null;
  readonly checks: readonly CheckFinding[];
}

/** Past it a check tells nothing. */
const CHECK_MS = 250;

/** Looks at answers, without their thoughts. White space at the ends does not count. */
export class AnswerChecks {
  /** `mostMs`: what one check may take over one answer, in milliseconds. */
  constructor(
    private readonly compiled = new CompiledChecks(),
    private readonly mostMs = CHECK_MS,
  ) {}

  /** Null where the prompt has nothing that is checked without a judge. */
  check(answer: string, checks: readonly PromptCheck[], reference?: string): CheckResult | null {
    const findings = checks.filter(({ type }) => type !== 'judge').map((check) => this.finding(answer.trim(), check, reference));
    if (findings.length === 0) return null;
    const told = findings.filter(({ passed }) => passed !== null);
    const failed = told.some(({ passed }) => passed === false);
    return { passed: failed ? false : told.length < findings.length ? null : true, checks: findings };
  }

  private finding(answer: string, check: PromptCheck, reference: string | undefined): CheckFinding {
    try {
      return { type: check.type, passed: this.passes(answer, check, reference) };
    } catch {
      // it took too long, or was made by a release that took what this one does not
      return { type: check.type, passed: null };
    }
  }

  private passes(answer: string, check: PromptCheck, reference: string | undefined): boolean | null {
    const { type, value } = check;
    switch (type) {
      case 'exact':
        return answer === String(value ?? reference ?? '').trim();
      case 'contains':
        return answer.includes(String(value).trim());
      case 'regex': {
        const matches = this.compiled.regexOf(check);
        return withinTime(this.mostMs, () => matches(answer));
      }
      case 'json':
        return jsonIn(answer) !== undefined;
      case 'json_schema': {
        const json = jsonIn(answer);
        if (json === undefined) return false;
        const fits = this.compiled.schemaOf(check);
        return withinTime(this.mostMs, () => fits(json.value));
      }
      case 'max_words':
        return wordCount(answer) <= Number(value);
      case 'judge':
        return null;
      default:
        return type satisfies never;
    }
  }
}
