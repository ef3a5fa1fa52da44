export { type Block } from './blocks';
export { compare, compareTexts, type Comparison, type Findings, type MarkedText, type Question } from './compare';
export { type Caption, sayComparison } from './say-comparison';
export { type Run, type Whose } from './stretches';
export { type UnitKind } from './unit';
