import { STREAM_PARAMETERS } from '@tandem/shared/contracts';
import {
  FILE_LIMITS,
  fieldsOf,
  nameOr,
  numberOr,
  parseFile,
  readParameters,
  sayCount,
  textAt,
  tooMuch,
  UnreadableFile,
  wrong,
} from '@tandem/web/history/records';
import { newId } from '@tandem/web/run';
import { type ComparisonRecord, describeTurns } from '../history/comparison-record';
import { type Measured } from '../repeat/measured';
import { type AskSettings } from '../settings/settings';
import { SIDES } from '../side/sides';
import { type GoOn, type KeptAnswer, type KeptTurn } from '../turn/turn-view';
import { VIEWS } from '../views/view';
import { readAnswer } from './read-answer';
import { readBlind } from './read-blind';

const LIMITS = { turns: 10_000, earlier: 100, measures: 1_000 } as const;

/**
 * The comparison in an exported file, under an id of its own. A file is input like any other: all of it is checked before
 * any of it is taken, and what is wrong is named by its place.
 */
export function readComparisonFile(text: string): ComparisonRecord {
  const file = fieldsOf(parseFile(text));
  if (file?.['format'] !== 'tandem-comparison') throw new UnreadableFile('This is not a comparison that was exported here. Nothing was imported.');
  if (file['version'] !== 1) throw new UnreadableFile('This file was exported by a newer version of Tandem. Update this one, then import it.');
  const list = listAt(file['turns'], 'turns');
  if (list.length === 0) throw wrong('turns', 'a list of at least one turn');
  if (list.length > LIMITS.turns) throw tooMuch('', `${sayCount(list.length)} turns`, LIMITS.turns);
  const id = newId();
  const turns = list.map((turn, at) => readTurn(turn, `turns[${at}]`));
  return {
    id,
    turns,
    ...describeTurns({ id, turns }),
    title: textAt(file, 'title', '').slice(0, FILE_LIMITS.name),
    isNamed: file['isNamed'] === true,
    updatedAtMs: timeOr(file['updatedAtMs'], turns.at(-1)?.askedAtMs ?? 0),
    models: SIDES.map((_, at) => nameOr(itemOf(file['models'], at), null)),
    modelTitles: SIDES.map((_, at) => nameOr(itemOf(file['modelTitles'], at), '')),
    settings: SIDES.map((_, at) => readSettings(itemOf(file['settings'], at))),
  };
}

function readTurn(value: unknown, at: string): KeptTurn {
  const fields = fieldsOf(value);
  if (!fields) throw wrong(at, 'an object');
  const prompt = textAt(fields, 'prompt', at);
  const answers = listAt(fields['answers'], `${at}.answers`).map((answer, n) => readSide(answer, prompt, `${at}.answers[${n}]`));
  if (new Set(answers.map(({ side }) => side)).size < answers.length) throw wrong(`${at}.answers`, 'one answer of each side at the most');
  return {
    id: newId(),
    prompt,
    askedAtMs: timeOr(fields['askedAtMs'], 0),
    answers,
    goOn: readGoOn(fields['goOn']),
    measured: readMeasured(fields['measured']),
    ...readView(fields['view']),
    ...readBlind(fields['blind']),
  };
}

function readSide(value: unknown, prompt: string, at: string): KeptAnswer {
  const fields = fieldsOf(value);
  if (!fields) throw wrong(at, 'an object');
  const { earlier } = fields;
  return {
    side: readSideId(fields['side'], `${at}.side`),
    model: textAt(fields, 'model', at).slice(0, FILE_LIMITS.name),
    settings: readSettings(fields['settings']),
    answer: readAnswer(fields['answer'], prompt, `${at}.answer`),
    earlier: (Array.isArray(earlier) ? earlier.slice(0, LIMITS.earlier) : []).map((each: unknown, n) => {
      const place = `${at}.earlier[${n}]`;
      const known = fieldsOf(each) ?? {};
      return { model: textAt(known, 'model', place).slice(0, FILE_LIMITS.name), answer: readAnswer(known['answer'], prompt, `${place}.answer`) };
    }),
    // whatever was still being made when it was exported, nobody here can follow
    position: null,
  };
}

function readSideId(value: unknown, at: string): string {
  const side = SIDES.find(({ id }) => id === value);
  if (!side) throw wrong(at, SIDES.map(({ id }) => `"${id}"`).join(' or '));
  return side.id;
}

function readSettings(value: unknown): AskSettings {
  const { parameters, system, isParity } = fieldsOf(value) ?? {};
  return {
    parameters: readParameters(parameters, STREAM_PARAMETERS),
    system: typeof system === 'string' ? system.slice(0, FILE_LIMITS.text) : '',
    ...(isParity === true ? { isParity } : {}),
  };
}

function readView(value: unknown): Pick<KeptTurn, 'view'> {
  const view = VIEWS.find((each) => each.value === value)?.value;
  return view === undefined ? {} : { view };
}

function readGoOn(value: unknown): GoOn | undefined {
  const { kind, side } = fieldsOf(value) ?? {};
  if (kind === 'own' || kind === 'nothing') return { kind };
  return kind === 'one' && SIDES.some(({ id }) => id === side) ? { kind, side: side as string } : undefined;
}

function readMeasured(value: unknown): readonly Measured[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    const { side, firstTokenMs, tokensPerSecond, planned: runs, asked: key } = fieldsOf(each) ?? {};
    if (!SIDES.some(({ id }) => id === side)) return [];
    const [planned, asked] = [numberOr(runs, null), typeof key === 'string' ? key.slice(0, FILE_LIMITS.text) : null];
    return [
      {
        ...{ side: side as string, firstTokenMs: numbersIn(firstTokenMs), tokensPerSecond: numbersIn(tokensPerSecond) },
        ...(planned === null ? {} : { planned }),
        ...(asked === null ? {} : { asked }),
      },
    ];
  });
}

function numbersIn(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.slice(0, LIMITS.measures).flatMap((each: unknown) => numberOr(each, null) ?? []) : [];
}

function listAt(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(at, 'a list');
  return value;
}

function itemOf(value: unknown, at: number): unknown {
  return Array.isArray(value) ? value[at] : undefined;
}

/** Within what a date can be. */
function timeOr(value: unknown, otherwise: number): number {
  const time = numberOr(value, otherwise);
  return Number.isNaN(new Date(time).getTime()) ? otherwise : time;
}
