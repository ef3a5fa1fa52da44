import { type Routes, type UrlMatcher } from '@angular/router';

/** One route for `/chat` and `/chat/<conversation>`: going from one to the other keeps the page. */
const chat: UrlMatcher = (segments) => {
  const [page, id, more] = segments;
  return page?.path === 'chat' && !more ? { consumed: segments, posParams: id ? { id } : {} } : null;
};

/** The frame of the page is painted before what stands in it is made. */
const afterTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'Tandem: compare two models',
    loadComponent: () =>
      afterTask()
        .then(() => import('@tandem/web/compare'))
        .then((room) => room.ComparePage),
  },
  {
    matcher: chat,
    title: 'Chat · Tandem',
    loadComponent: () =>
      afterTask()
        .then(() => import('@tandem/web/chat'))
        .then((room) => room.ChatPage),
  },
  {
    path: 'models',
    title: 'Models · Tandem',
    loadComponent: () =>
      afterTask()
        .then(() => import('@tandem/web/models'))
        .then((room) => room.ModelsPage),
  },
  { path: 'compare', redirectTo: '' },
  { path: 'index.html', redirectTo: '' },
  { path: '**', title: 'Nothing here · Tandem', loadComponent: () => import('./not-found-page').then((page) => page.NotFoundPage) },
];
