import { type AnswerView } from '@tandem/web/run';
import { obstacleOf, type Standing } from './obstacle';
import { PLAIN_SETTINGS } from './settings/settings';
import { SIDES } from './side/sides';

const models = SIDES.map((side) => ({ side, id: side.id }));
const FREE: Standing = { isRunning: false, blindObstacle: '', prompt: 'Hi', last: undefined, models, known: new Set(['baseline', 'derivative']) };
const CUT = {
  ...{ id: 't', prompt: 'Why?', askedAtMs: 0, goOn: undefined, measured: [] },
  answers: [
    { side: 'baseline', model: 'm', settings: PLAIN_SETTINGS, earlier: [], answer: { text: 'Hal', state: { kind: 'stopped' } } as AnswerView },
    { side: 'derivative', model: 'n', settings: PLAIN_SETTINGS, earlier: [], answer: { text: 'Whole.', state: { kind: 'done' } } as AnswerView },
  ],
};

describe('what stands in the way of a prompt', () => {
  it.each<[Partial<Standing>, RegExp]>([
    [{}, /^$/],
    [{ prompt: ' \n' }, /^Write a prompt first/],
    [{ isRunning: true }, /wait for its end, or stop it/],
    [{ known: new Set(['baseline']) }, /^Two Delta: no model here is called derivative\. Choose another one/],
    [{ known: new Set() }, /^$/],
    [{ models: models.map((model) => ({ ...model, id: null })), known: new Set() }, /no model to ask/],
    [{ last: CUT }, /^Baseline did not answer to the end: choose above what to go on with/],
    [{ last: { ...CUT, goOn: { kind: 'nothing' } } }, /^$/],
  ])('with %j', (more, words) => expect(obstacleOf({ ...FREE, ...more })).toMatch(words));
});
