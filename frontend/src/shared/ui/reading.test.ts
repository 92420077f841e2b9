import { beforeEach, describe, expect, it } from 'vitest';
import { readFrom } from './reading';

const at = (id: string) => document.getElementById(id);
const press = (id: string) => {
  at(id)?.focus();
  at(id)?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
};

describe('where a new page is read from', () => {
  beforeEach(() => {
    document.body.innerHTML =
      '<a id="one" href="#a">1</a><a id="two" href="#b">2</a><h1 id="heading" tabindex="-1">H</h1>';
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'F5' }));
  });

  it('is its heading when nothing has the focus', () => {
    readFrom(at('heading'));
    expect(document.activeElement).toBe(at('heading'));
  });

  it('is its heading after the link that led to it', () => {
    press('one');
    readFrom(at('heading'));
    expect(document.activeElement).toBe(at('heading'));
  });

  it('is left alone when somebody has gone on since', () => {
    press('one');
    at('two')?.focus();
    readFrom(at('heading'));
    expect(document.activeElement).toBe(at('two'));
  });

  it('is left alone when somebody went on before anything was there', () => {
    at('two')?.focus();
    readFrom(at('heading'));
    expect(document.activeElement).toBe(at('two'));
  });
});
