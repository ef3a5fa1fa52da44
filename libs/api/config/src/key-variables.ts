import { ConfigurationError } from './configuration-error';
import { say, type Sentence } from './sentence';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const KEY = /(?:_API_KEY|_API_TOKEN)$|^(?:API_KEY|HF_TOKEN)$/;
/** Secrets of Tandem's own, of its store and of AWS, whatever they end with. Some systems take a name in any case. */
const NEVER = /^(?:AWS_.*|ADMIN_TOKEN|ACCESS_TOKENS|DATABASE_URL)$/i;

/** The variables that hold keys under another name than they usually have. @throws ConfigurationError */
export function parseKeyVariables(name: string, value = ''): readonly string[] {
  const variables = value.split(/[\s,]+/).filter(Boolean);
  const wrong = variables.findIndex((variable) => !NAME.test(variable) || NEVER.test(variable));
  if (wrong === -1) return variables;
  throw new ConfigurationError(
    name,
    `must be names of variables, separated by commas, none of them ADMIN_TOKEN, ACCESS_TOKENS, DATABASE_URL or one of AWS; number ${wrong + 1} is not.`,
  );
}

/**
 * Why a document may not have the value of that variable sent to its model server; undefined where it may. Whoever writes
 * the document chooses where that goes. The name is not repeated: it may be a key that was put into the wrong place.
 */
export function keyVariableProblem(variable: string, others: readonly string[]): Sentence | undefined {
  if (NAME.test(variable) && !NEVER.test(variable) && (KEY.test(variable) || others.includes(variable))) return undefined;
  const listed = others.length === 0 ? say`which lists none` : say`which lists ${others.join(', ')}`;
  return say`must name a variable that ends in _API_KEY or _API_TOKEN, HF_TOKEN, or one that API_KEY_VARIABLES lists (${listed}), and none of AWS`;
}
