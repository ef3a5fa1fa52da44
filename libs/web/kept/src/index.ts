export { KeptList } from './list/kept-list';
export { Ranking } from './ranking/ranking';
export { VoteReadout } from './summary/vote-readout';
export { VoteBar } from './voting/vote-bar';
