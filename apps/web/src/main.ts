import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app';
import { appConfig } from './app.config';

bootstrapApplication(App, appConfig).catch((failure: unknown) => {
  document.body.textContent = 'Tandem could not start in this browser. Reload the page to try again.';
  throw failure;
});
