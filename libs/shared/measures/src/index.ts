export { alignByBytes, type AlignedTokens } from './divergence/align';
export { deltaP, type DeltaP } from './divergence/delta-p';
export { jensenShannon, totalVariation } from './divergence/distance';
export {
  type Distribution,
  likeliestOf,
  type PartialDistribution,
  partOf,
  type TokenKey,
  type TokenLogprobPair,
  type WholeDistribution,
} from './divergence/distribution';
export { exactKl, klAt, type TokenKl } from './divergence/kl';
export { measureDivergence } from './divergence/measure-divergence';
export { type ComparedText, measureSeriesPoint } from './divergence/measure-series-point';
export { summariseKl } from './divergence/summarise-kl';
export { type TokenDifference, tokenDifference } from './divergence/token-difference';
export { OTHER_VOCABULARIES, whyNotComparable } from './divergence/why-not-comparable';
export { argMax } from './scores/arg-max';
export { logSumExp } from './scores/log-sum-exp';
export { bitsPerByte, summarise } from './scores/summarise';
export { vocabularyHash } from './scores/vocabulary-hash';
export { clusteredMean, clusteredShare, type Estimate } from './statistics/clustered';
export { anytimeInterval, DECIDING_EVIDENCE, evidenceOf } from './statistics/evidence';
export { type Flips, flipsOf, type JudgedPair } from './statistics/flips';
export { bradleyTerry, type PairVotes } from './statistics/bradley-terry';
export { clopperPearsonInterval, type Interval, wilsonInterval } from './statistics/intervals';
export { medianOf, quantileOf } from './statistics/quantile';
export { holm, signTest } from './statistics/sign-test';
export { type Spread, spreadOf } from './statistics/spread';
export { standardErrorOf } from './statistics/standard-error';
export { meanOf, Sum, sumOf } from './statistics/sum';
export { votesForPower, votesNeeded } from './statistics/votes-needed';
export { weighVotes } from './statistics/weigh-votes';
export { type VoteCounts, type WinRate, winRateOf } from './statistics/win-rate';
export { chrF } from './text/chr-f';
export { editSimilarity, type EditSimilarity } from './text/edit-similarity';
export { type FirstDifference, firstDifference } from './text/first-difference';
export { lengthDifference } from './text/length-difference';
export { rougeL } from './text/rouge-l';
export { piecesOf, type TextPiece } from './text/words';
