export { KeptPage } from './kept-page';
export { ResultPage } from './result-page';
