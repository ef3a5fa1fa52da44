export { type Whose } from './comparing/stretches';
export { type UnitKind } from './comparing/unit';
export { Differences } from './showing/differences';
