import { act, renderHook } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '@/shared/api/problem';
import { useTypedForm } from './useTypedForm';

const step = (error: unknown = null) => ({
  isError: error !== null,
  isIdle: error === null,
  isPending: false,
  error,
  reset: vi.fn(),
});

describe('what is typed into a form', () => {
  it('keeps what is not changed', () => {
    const { result } = renderHook(() => useTypedForm({ number: '', on: '' }, step()));
    act(() => result.current.set({ number: '12/QĐ-UBND' }));
    act(() => result.current.set({ on: '2026-03-02' }));
    expect(result.current.form).toEqual({ number: '12/QĐ-UBND', on: '2026-03-02' });
  });

  it('says what is missing once it was tried to send it', () => {
    const { result } = renderHook(() => useTypedForm({ on: '' }, step()));
    expect(result.current.tried).toBe(false);
    act(() => {
      expect(result.current.ready(false)).toBe(false);
    });
    expect(result.current.tried).toBe(true);
    act(() => {
      expect(result.current.ready(true)).toBe(true);
    });
  });

  it('tells what was refused until something is changed', () => {
    const refused = step(new Error('refused'));
    const { result } = renderHook(() => useTypedForm({ on: '' }, refused));
    expect(result.current.problem).toBeInstanceOf(ApiProblem);
    act(() => result.current.set({ on: '2026-03-02' }));
    expect(refused.reset).toHaveBeenCalledOnce();
  });

  it('leaves alone what is being sent', () => {
    const busy = { ...step(), isIdle: false, isPending: true };
    const { result } = renderHook(() => useTypedForm({ on: '' }, busy));
    act(() => result.current.set({ on: '2026-03-02' }));
    expect(busy.reset).not.toHaveBeenCalled();
  });
});
