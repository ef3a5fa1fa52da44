import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app';
import { appConfig } from './app.config';

/** What was loaded is run in one task, and the page is made in another. */
const nextTask = new Promise((resolve) => setTimeout(resolve));

nextTask
  .then(() => bootstrapApplication(App, appConfig))
  .catch((failure: unknown) => {
    document.body.textContent = 'Tandem could not start in this browser. Reload the page to try again.';
    throw failure;
  });
