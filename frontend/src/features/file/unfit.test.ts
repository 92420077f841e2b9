import { expect, it } from 'vitest';
import { unfit } from './AddFiles';

it('knows before sending what would be refused', () => {
  const rules = { media_types: ['application/pdf', 'image/png'], limit_bytes: 10 };
  expect(unfit({ type: 'application/pdf', size: 10 }, rules)).toBeNull();
  expect(unfit({ type: 'text/html', size: 1 }, rules)).toBe('file_type_not_taken');
  expect(unfit({ type: '', size: 1 }, rules)).toBe('file_type_not_taken');
  expect(unfit({ type: 'image/png', size: 11 }, rules)).toBe('payload_too_large');
  expect(unfit({ type: 'image/png', size: 0 }, rules)).toBe('file_empty');
});
