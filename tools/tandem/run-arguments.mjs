import { parseArgs } from 'node:util';
import { CannotRun } from './cannot-run.mjs';
import { MEASURE_NAMES, readCondition } from './conditions.mjs';

export const USAGE = `Usage: npx tandem run --set FILE|ID --baseline ID --derivative ID [options]

  --set FILE|ID        a file of prompts (.jsonl, .csv, .json), or the id of a set: general and format come with Tandem
  --baseline ID        the model that the other is compared with
  --derivative ID      the other model
  --server URL         a Tandem that runs; without it one is started for this run alone. TANDEM_TOKEN is its access token
  --repeats N          how often each prompt is asked, 1 to 20; default 1
  --temperature N      default 0
  --max-tokens N       longest answer; default 512
  --seed N             of the first repeat; drawn where it is left out
  --junit FILE         writes the conditions and the items as JUnit XML
  --json FILE          writes the run, its summary and the conditions as JSON
  --fail-if CONDITION  may be there several times, such as --fail-if "flips>2%" --fail-if "pass_rate<0.8"

Measures of a condition: ${MEASURE_NAMES.join(', ')}.
Ends with 0 where all conditions hold, with 1 where one was met, and with 2 where that could not be found out.`;

const text = { type: 'string' };
const OPTIONS = {
  set: text,
  baseline: text,
  derivative: text,
  server: text,
  repeats: text,
  temperature: text,
  'max-tokens': text,
  seed: text,
  junit: text,
  json: text,
  'fail-if': { type: 'string', multiple: true },
};

/** @throws CannotRun for what is no command line */
export function readRunArguments(argv) {
  const values = parsed(argv);
  for (const name of ['set', 'baseline', 'derivative']) if (!values[name]) throw new CannotRun(`--${name} is needed.\n\n${USAGE}`);
  return {
    set: values.set,
    baseline: values.baseline,
    derivative: values.derivative,
    server: values.server === undefined ? undefined : addressOf(values.server),
    repeats: numberOf(values, 'repeats', 1),
    parameters: {
      temperature: numberOf(values, 'temperature', 0),
      max_tokens: numberOf(values, 'max-tokens', 512),
      ...(values.seed === undefined ? {} : { seed: numberOf(values, 'seed') }),
    },
    junit: values.junit,
    json: values.json,
    conditions: (values['fail-if'] ?? []).map(readCondition),
  };
}

function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new CannotRun(`${error.message}\n\n${USAGE}`);
  }
}

function numberOf(values, name, otherwise) {
  if (values[name] === undefined) return otherwise;
  const number = Number(values[name]);
  if (values[name].trim() === '' || !Number.isFinite(number)) throw new CannotRun(`--${name}: must be a number, not "${values[name]}".`);
  return number;
}

function addressOf(text) {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (!['http:', 'https:'].includes(address?.protocol ?? '')) throw new CannotRun(`--server: must be an address such as http://localhost:8080, not "${text}".`);
  return address.href.replace(/\/$/, '');
}
