import Sequencer from '@jest/test-sequencer';

/** What takes longest by far starts first, so that no worker is left with it alone at the end; then what jest knows or guesses. */
const HEAVY = [/\/apps\/web-e2e\//, /\/apps\/api\//, /\/apps\/engine\//];

export default class ServersFirst extends Sequencer {
  sort(tests) {
    const weigh = ({ path }) => HEAVY.findIndex((room) => room.test(path));
    const place = new Map(tests.map((test) => [test, weigh(test) === -1 ? HEAVY.length : weigh(test)]));
    return super.sort(tests).sort((one, other) => place.get(one) - place.get(other));
  }
}
