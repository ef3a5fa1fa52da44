export { type UnitKind, type Whose } from '@tandem/shared/differences';
export { Differences } from './showing/differences';
