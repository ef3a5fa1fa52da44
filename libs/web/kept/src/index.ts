export { KeptList } from './list/kept-list';
export { VoteBar } from './voting/vote-bar';
