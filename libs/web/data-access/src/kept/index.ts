// What the server keeps: most pages begin without it.
export { type ComparisonPage, type ComparisonQuery, KeptComparisons } from './kept-comparisons';
export { type BlindRequest, Votes } from './votes';
