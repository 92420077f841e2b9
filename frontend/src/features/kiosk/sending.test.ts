import { describe, expect, it } from 'vitest';
import { ApiProblem } from '@/shared/api/problem';
import { afterRefusal } from './sending';

const answers = [{ question: 'overall', choices: ['good'] }];
const refused = (status: number, code: string, members: Record<string, unknown> = {}) =>
  new ApiProblem({ status, code, members, detail: 'Lời của máy chủ' });

describe('an answer that was not taken', () => {
  it('is sent again by itself when a kiosk was just answered at', () => {
    const then = afterRefusal(refused(429, 'device_busy', { retry_after: 6 }), answers);
    expect(then).toMatchObject({ state: 'later', why: 'busy', seconds: 6, answers });
    expect(afterRefusal(refused(429, 'too_many_requests'), answers)).toMatchObject({ seconds: 10 });
  });

  it('is not waited for before a kiosk that has taken enough for an hour', () => {
    const then = afterRefusal(refused(429, 'device_busy', { retry_after: 1800 }), answers);
    expect(then).toEqual({ state: 'end', how: 'full' });
  });

  it('is tried some times without a line, then given up', () => {
    const lost = refused(0, 'network');
    let then = afterRefusal(lost, answers);
    let tries = 1;
    while (then.state === 'later' && tries < 20) {
      then = afterRefusal(lost, answers, then);
      tries += 1;
    }
    expect([then, tries]).toEqual([{ state: 'end', how: 'lost' }, 6]);
  });

  it('was taken when only its acknowledgement got lost', () => {
    const lost = afterRefusal(refused(0, 'network'), answers);
    if (lost.state !== 'later') throw new Error('it is tried again');
    for (const code of ['nobody_called', 'survey_answered', 'device_busy'])
      expect(afterRefusal(refused(code === 'device_busy' ? 429 : 409, code), answers, lost)).toEqual({
        state: 'end',
        how: 'thanks',
      });
  });

  it('ends the round when the call is over, and is told in the server’s words otherwise', () => {
    expect(afterRefusal(refused(409, 'nobody_called'), answers)).toEqual({ state: 'end', how: 'over' });
    expect(afterRefusal(refused(422, 'validation_failed'), answers)).toEqual({
      state: 'refused',
      words: 'Lời của máy chủ',
    });
  });
});
