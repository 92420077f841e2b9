import { useRef } from 'react';
import { asProblem } from './problem';

/** A UUID for the Idempotency-Key header; `randomUUID` exists only in secure contexts, an office LAN may not be one. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return [8, 12, 16, 20].reduceRight((s, i) => `${s.slice(0, i)}-${s.slice(i)}`, hex);
}

/**
 * Keeps one Idempotency-Key per intent: while no answer has come, the same body is sent again under the same key,
 * so that pressing the button twice or repeating after a broken line records one thing. Any answer ends the intent.
 */
export class Intent {
  #body = '';
  #key: string | null = null;

  async run<B, T>(body: B, send: (key: string) => Promise<T>): Promise<T> {
    const text = JSON.stringify(body);
    if (!this.#key || text !== this.#body) {
      this.#key = newKey();
      this.#body = text;
    }
    try {
      const answer = await send(this.#key);
      this.#key = null;
      return answer;
    } catch (error) {
      if (!asProblem(error).unanswered && asProblem(error).status < 500) this.#key = null;
      throw error;
    }
  }
}

export function useIntent(): Intent {
  const ref = useRef<Intent | null>(null);
  ref.current ??= new Intent();
  return ref.current;
}
