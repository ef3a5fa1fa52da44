import { type HistoryNames } from '@tandem/web/history';

export const COMPARISONS: HistoryNames = { one: 'comparison', many: 'comparisons', done: 'asked', notFound: 'No comparison matches' };
