import { type Type } from '@angular/core';
import { type Route, type Routes, type UrlMatcher } from '@angular/router';
import { PartMissing } from '@tandem/web/design';

/** One route for `/chat` and `/chat/<conversation>`: going from one to the other keeps the page. */
const chat: UrlMatcher = (segments) => {
  const [page, id, more] = segments;
  return page?.path === 'chat' && !more ? { consumed: segments, posParams: id ? { id } : {} } : null;
};

/** The frame of the page is painted before what stands in it is loaded and made. A page that cannot be fetched says so in its place. */
const afterFrame = (load: () => Promise<Type<unknown>>) => async (): Promise<Type<unknown>> => {
  await new Promise((resolve) => setTimeout(resolve));
  return load().catch(() => PartMissing);
};

const page = (path: string, title: string, load: () => Promise<Type<unknown>>): Route => ({
  path,
  title: `${title} · Tandem`,
  loadComponent: afterFrame(load),
});

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'Tandem: compare two models',
    loadComponent: afterFrame(() => import('@tandem/web/compare').then((room) => room.ComparePage)),
  },
  { matcher: chat, title: 'Chat · Tandem', loadComponent: afterFrame(() => import('@tandem/web/chat').then((room) => room.ChatPage)) },
  page('models', 'Models', () => import('@tandem/web/models').then((room) => room.ModelsPage)),
  page('runs', 'Runs', () => import('@tandem/web/runs').then((room) => room.RunsPage)),
  page('runs/new', 'New run', () => import('@tandem/web/runs').then((room) => room.NewRunPage)),
  page('runs/:run', 'Run', () => import('@tandem/web/runs').then((room) => room.RunPage)),
  page('comparisons', 'Kept comparisons', () => import('@tandem/web/compare/result').then((room) => room.KeptPage)),
  page('comparisons/:id', 'A kept comparison', () => import('@tandem/web/compare/result').then((room) => room.ResultPage)),
  { path: 'compare', redirectTo: '' },
  { path: 'index.html', redirectTo: '' },
  { path: '**', title: 'Nothing here · Tandem', loadComponent: afterFrame(() => import('./not-found-page').then((file) => file.NotFoundPage)) },
];
