export { NewRunPage } from './start/new-run-page';
export { RunPage } from './run/run-page';
export { RunsPage } from './list/runs-page';
