import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openFile } from './download';

const file = new Blob(['%PDF-'], { type: 'application/pdf' });
const headers = new Headers({ 'Content-Disposition': 'inline; filename="AA-26E-0000012.pdf"' });

describe('a file that was fetched', () => {
  const created = vi.fn(() => 'blob:here');
  const revoked = vi.fn();
  const clicked = vi.fn();
  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(URL, { createObjectURL: created, revokeObjectURL: revoked });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      clicked(this.download);
    });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.clearAllMocks();
  });

  it('opens in a tab of its own, where it stays for a while', () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(window);
    openFile(file, headers, 'bien-lai.pdf');
    expect(open).toHaveBeenCalledWith('blob:here', '_blank');
    expect(clicked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(60_000);
    expect(revoked).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(revoked).toHaveBeenCalledWith('blob:here');
  });

  it('is handed over under its name where no tab may open', () => {
    vi.spyOn(window, 'open').mockReturnValue(null);
    openFile(file, headers, 'bien-lai.pdf');
    expect(clicked).toHaveBeenCalledWith('AA-26E-0000012.pdf');
    openFile(file, new Headers(), 'bien-lai.pdf');
    expect(clicked).toHaveBeenLastCalledWith('bien-lai.pdf');
  });
});
