export { Divergences } from './scoring/divergences';
export { type SaidMessage, type ScoringState, type ScoringTask } from './scoring/scoring-task';
export { type AnswerToScore, type SideInView, type SidesInView } from './surprise/answer-to-score';
export { ScoredAnswer } from './surprise/scored-answer';
export { SurpriseBand } from './surprise/surprise-band';
export { ParityPanel } from './parity/parity-panel';
export { AlongPanel, type TextOnOffer } from './along/along-panel';
export { mayStandInSeries, seriesOf } from './along/axis';
export { KnownSeriesStore } from './along/known-series';
