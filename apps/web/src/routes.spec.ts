import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { provideRouter, type Route, UrlSegment, type UrlSegmentGroup } from '@angular/router';
import { NotFoundPage } from './not-found-page';
import { routes } from './routes';

const segments = (address: string): UrlSegment[] => address.split('/').map((path) => new UrlSegment(path, {}));

describe('the addresses', () => {
  const chat = routes.find(({ matcher }) => matcher);
  const matched = (address: string) => chat?.matcher?.(segments(address), {} as UrlSegmentGroup, chat as Route);

  it.each([
    ['chat', {}],
    ['chat/0192-7f', { id: '0192-7f' }],
  ])('%s is the chat, which stays the same page for all conversations', (address, ids) => {
    const match = matched(address);
    expect([match?.consumed.length, Object.entries(match?.posParams ?? {}).map(([name, segment]) => [name, segment.path])]).toEqual([
      address.split('/').length,
      Object.entries(ids),
    ]);
  });

  it.each(['', 'chats', 'models', 'chat/a/b'])('%s is none of the chat', (address) => {
    expect(matched(address)).toBeNull();
  });

  it('each have a title, or lead to one that has', () => {
    for (const { title, redirectTo } of routes) expect(title ?? redirectTo).toEqual(expect.any(String));
  });

  it('end with what is at any other address', () => {
    expect(routes.at(-1)?.path).toBe('**');
  });
});

describe('where no page is', () => {
  const shown = (address: string): HTMLElement => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: Location, useValue: { path: () => address, subscribe: () => undefined, prepareExternalUrl: (url: string) => url } },
      ],
    });
    const fixture = TestBed.createComponent(NotFoundPage);
    fixture.detectChanges();
    return fixture.nativeElement as HTMLElement;
  };

  it.each([
    ['/compar', '/compar'],
    ['/a?token=secret', '/a'],
    ['/<b>', '/<b>'],
    [`/${'a'.repeat(79)}`, `/${'a'.repeat(79)}`],
    [`/${'a'.repeat(80)}`, `/${'a'.repeat(79)}…`],
  ])('%s is named, without its query and no longer than a line', (address, words) => {
    expect(shown(address).querySelector('h1')?.textContent?.trim()).toBe(`There is no page at ${words}`);
  });

  it('are the ways to every page there is', () => {
    const links = [...shown('/x').querySelectorAll('a')].map((link) => link.getAttribute('href'));
    expect(links).toEqual(['/', '/comparisons', '/chat', '/models', '/runs']);
  });
});
