import Sequencer from '@jest/test-sequencer';
import { SLOW_TESTS } from './slow-tests.mjs';

/** What takes longest by far starts first, so that no worker is left with it alone at the end; then what jest knows or guesses. */
const HEAVY = [...SLOW_TESTS.map(({ spec }) => `/${spec}`), '/apps/web-e2e/', '/apps/api/', '/apps/engine/', '/libs/api/inference/'];

export default class ServersFirst extends Sequencer {
  sort(tests) {
    const weigh = ({ path }) => HEAVY.findIndex((part) => path.includes(part));
    const place = new Map(tests.map((test) => [test, weigh(test) === -1 ? HEAVY.length : weigh(test)]));
    return super.sort(tests).sort((one, other) => place.get(one) - place.get(other));
  }
}
