import { type Fault, sentenceOf } from '@tandem/api/faults';
import type { HealthFinding } from '@tandem/shared/contracts';
import { isListed, readModelNames } from '../server/model-name';
import { type ProbeAnswer, wordsOf } from '../server/probe-answer';
import { quoteServer } from '../server/server-words';

export interface ProbeFacts {
  /** Host and port. */
  readonly host: string;
  readonly hasKey: boolean;
  /** The configured name to ask the server for, where there is one. */
  readonly model?: string | undefined;
  /** What no sentence must repeat. */
  readonly secrets: readonly string[];
}

const START_IT = 'Start the model server, or correct the endpoint in the configuration.';
const LOOK_FOR_LOAD = 'Check that the model server runs, can be reached and is not overloaded.';
const WAIT = 'Wait until it has loaded: prompts are answered then.';
export const CORRECT_KEY = 'Correct API_KEY, or the variable that api_key_env names, and start Tandem again.';
export const SET_KEY = 'Set API_KEY, or name a variable in api_key_env, and start Tandem again.';
const LOOK_AT_LOG = 'Look into the log of the model server.';
const CHECK_ADDRESS = 'Check the endpoint: a login or proxy page may stand in front of the model server.';

function finding(status: HealthFinding['status'], cause: HealthFinding['cause'], detail: string, hint = ''): HealthFinding {
  return { status, cause: cause ?? null, detail, hint };
}

/** What a status of 400 and above, a page, or a word about itself says whatever the route; null where it says nothing. */
function judgeAny(answer: ProbeAnswer, { host, hasKey, secrets }: ProbeFacts): HealthFinding | null {
  if (answer.kind === 'unreachable') {
    const isSilent = answer.fault.code === 'upstream_timeout';
    return isSilent
      ? finding('unhealthy', 'silent', findingOf(answer.fault), LOOK_FOR_LOAD)
      : finding('unhealthy', 'unreachable', findingOf(answer.fault), hintOf(answer.fault));
  }
  const words = wordsOf(answer.text);
  const quoted = quoteServer(words, secrets);
  const said = words === '' ? '.' : `: “${quoted}”${/[.!?]$/.test(quoted) ? '' : '.'}`;
  if (/loading/i.test(words)) return finding('loading', null, `${host} is loading its model${said}`, WAIT);
  switch (answer.status) {
    case 401:
    case 403:
      return hasKey
        ? finding('unhealthy', 'key_refused', `${host} refuses the key (HTTP ${answer.status}).`, CORRECT_KEY)
        : finding('unhealthy', 'key_missing', `${host} wants a key (HTTP ${answer.status}).`, SET_KEY);
    case 429:
      return finding('degraded', 'too_busy', `${host} has too many requests (HTTP 429).`, 'Wait, or give the model server more room.');
    default:
      break;
  }
  if (answer.status >= 500) return finding('unhealthy', 'reports_failure', `${host} reports a failure (HTTP ${answer.status})${said}`, LOOK_AT_LOG);
  if (answer.status >= 300 && answer.status < 400) {
    return finding(
      'unhealthy',
      'wrong_address',
      `${host} redirects elsewhere (HTTP ${answer.status}), which Tandem does not follow.`,
      'Put the final address into the configuration.',
    );
  }
  if (answer.status < 300 && answer.isPage) return finding('degraded', 'wrong_address', `${host} answers with a web page.`, CHECK_ADDRESS);
  if (/unhealthy|error|fail|down/i.test(words) && answer.status < 300)
    return finding('unhealthy', 'reports_failure', `${host} says of itself${said}`, LOOK_AT_LOG);
  return null;
}

/** What a fault says was found; what to do about it is told apart. `subject`: how the model server is called. */
export function findingOf({ message, told }: Fault, subject?: string): string {
  if (told === undefined) return message;
  const { hint: _, ...found } = told;
  return sentenceOf(found, subject);
}

/** What a fault says can be done, as a sentence. */
function hintOf({ told }: Fault): string {
  const hint = told?.hint;
  return hint === undefined ? START_IT : `${hint.charAt(0).toUpperCase()}${hint.slice(1)}.`;
}

function isGood(answer: ProbeAnswer): boolean {
  return answer.kind === 'answer' && answer.status < 300 && !answer.isPage;
}

/** What the one configured health route says. */
export function judgeHealthRoute(answer: ProbeAnswer, path: string, facts: ProbeFacts): HealthFinding {
  const judged = judgeAny(answer, facts);
  if (judged !== null) return judged;
  if (isGood(answer)) return finding('healthy', null, `${facts.host} answers at ${path}.`);
  return finding('unknown', null, `${facts.host} has nothing at ${path}.`, 'Correct health_path in the configuration.');
}

/** What the list of models and the health route say together; `health` is null where it was not safe to ask. */
export function judgeServer(models: ProbeAnswer, health: ProbeAnswer | null, facts: ProbeFacts): HealthFinding {
  const { host, model } = facts;
  // A health route behind a key of its own tells nothing; the list of models went with the key.
  const isHealthSilent = health?.kind === 'answer' && [401, 403].includes(health.status);
  if (health?.kind === 'unreachable' && health.fault.code === 'upstream_timeout' && isGood(models)) {
    return finding(
      'degraded',
      null,
      `${host} lists its models, but does not answer at /health.`,
      'Look into the log of the model server, or name another route in health_path.',
    );
  }
  const judgedHealth = health === null || isHealthSilent ? null : judgeAny(health, facts);
  const judged = judgedHealth?.status === 'degraded' && isGood(models) ? null : judgedHealth;
  if (judged !== null) return judged;
  const judgedModels = judgeAny(models, facts);
  if (judgedModels !== null) return judgedModels;
  const names = models.kind === 'answer' && models.status < 300 ? readModelNames(models.text) : null;
  if (names !== null) {
    if (model === undefined || names.length === 0 || isListed(model, names)) {
      const serves = model ?? names[0];
      return finding('healthy', null, serves === undefined ? `${host} answers.` : `${host} serves "${serves}".`);
    }
    const listed = names.slice(0, 5).join(', ') + (names.length > 5 ? `, and ${names.length - 5} more` : '');
    return finding('degraded', 'wrong_model', `${host} does not list the model "${model}".`, `Correct "model" in the configuration; it lists: ${listed}.`);
  }
  if (health !== null && isGood(health)) return finding('healthy', null, `${host} answers at /health.`);
  return finding('unknown', null, `${host} answers, but neither at /v1/models nor at /health.`, 'Set health_path in the configuration, or check the endpoint.');
}
