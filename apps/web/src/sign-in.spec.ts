import { TestBed } from '@angular/core/testing';
import { SignIn } from './sign-in';

/** A server that answers when it is told to. */
function setup() {
  const sent: unknown[] = [];
  const answers: ((response: Partial<Response>) => void)[] = [];
  globalThis.fetch = async (path, init) => {
    sent.push([path, init?.method, JSON.parse(String(init?.body))]);
    return new Promise<Response>((resolve) => answers.push((response) => resolve(response as Response)));
  };
  const fixture = TestBed.createComponent(SignIn);
  document.body.replaceChildren(fixture.nativeElement as HTMLElement);
  fixture.detectChanges();
  const page = fixture.nativeElement as HTMLElement;
  const box = page.querySelector('input')!;
  const submit = async (token: string): Promise<void> => {
    box.value = token;
    box.dispatchEvent(new Event('input'));
    page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
  };
  const refuse = async (message: string): Promise<void> => {
    const error = { code: 'unauthorized', message, retryable: false, request_id: 'r' };
    answers.shift()?.({ ok: false, status: 401, headers: new Map() as never, json: async () => ({ status: 'error', error }) });
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  return { page, box, sent, submit, refuse, fault: () => page.querySelector('[role=alert]')?.textContent };
}

describe('signing in', () => {
  it('is a form that a password manager can fill in', () => {
    const { page, box } = setup();
    expect([box.type, box.autocomplete, page.querySelector('label')?.htmlFor]).toEqual(['password', 'current-password', box.id]);
    expect(page.querySelector('button')?.type).toBe('submit');
  });

  it.each(['', '  '])('asks for a token where there is none ("%s"), and not the server', async (token) => {
    const { box, sent, submit, fault } = setup();
    await submit(token);
    expect([fault(), sent, document.activeElement]).toEqual(['Enter the access token.', [], box]);
    expect(box.getAttribute('aria-invalid')).toBe('true');
  });

  it('sends the token without the white space that was copied with it, once', async () => {
    const { page, sent, submit } = setup();
    await submit(' secret\n');
    await submit('secret');
    expect(sent).toEqual([['api/session', 'POST', { token: 'secret' }]]);
    expect(page.querySelector('button')?.getAttribute('aria-disabled')).toBe('true');
  });

  it('says why it was refused until something else is typed, and can be tried again', async () => {
    const { page, box, sent, submit, refuse, fault } = setup();
    await submit('wrong');
    await refuse('This is not an access token of this server.');
    expect([fault(), document.activeElement]).toEqual(['This is not an access token of this server.', box]);
    expect(page.querySelector('button')?.getAttribute('aria-disabled')).toBe('false');
    await submit('other');
    expect([fault(), sent.length]).toEqual(['', 2]);
  });
});
