// How two answers differ at a glance, without what scores them: a page begins with this alone.
export { sayCost } from './cost';
export { FigureLine } from './figure-line';
export { sayLeftOut } from './left-out';
export { type AnswerOfPair, figuresOfPair, type PairFigure } from './pair-figures';
