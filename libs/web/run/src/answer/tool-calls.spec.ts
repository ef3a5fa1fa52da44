import { ComponentFixture, TestBed } from '@angular/core/testing';
import { type CalledTool } from './called-tool';
import { ToolCalls } from './tool-calls';

function show(calls: readonly CalledTool[], isComplete = true): ComponentFixture<ToolCalls> {
  const fixture = TestBed.createComponent(ToolCalls);
  fixture.componentRef.setInput('calls', calls);
  fixture.componentRef.setInput('isComplete', isComplete);
  fixture.detectChanges();
  return fixture;
}
const textOf = (fixture: ComponentFixture<ToolCalls>, what: string): string[] =>
  [...(fixture.nativeElement as HTMLElement).querySelectorAll(what)].map((element) => element.textContent ?? '');

describe('ToolCalls', () => {
  it('names each tool, with its arguments laid out', () => {
    const fixture = show([
      { index: 0, name: 'weather', arguments: '{"city":"<b>Paris</b>"}' },
      { index: 1, name: 'now', arguments: '{}' },
    ]);
    expect(textOf(fixture, 'code')).toEqual(['weather', 'now']);
    expect(textOf(fixture, 'pre')).toEqual(['{\n  "city": "<b>Paris</b>"\n}']);
    expect(textOf(fixture, 'p')).toEqual(['no arguments']);
  });

  it('shows arguments that are not JSON as they came', () => {
    expect(textOf(show([{ index: 0, name: 'run', arguments: 'rm -rf {' }]), 'pre')).toEqual(['rm -rf {']);
  });

  it('shows what there is while more comes', () => {
    expect(textOf(show([{ index: 0, name: 'weather', arguments: '{"city":"Pa' }], false), 'pre')).toEqual(['{\n  "city": "Pa']);
  });
});
