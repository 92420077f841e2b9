import { describe, expect, it } from 'vitest';
import type { Proposal, ProposedDay } from '@/shared/api/types';
import {
  changeFrom,
  daysUnder,
  faultsOfProposal,
  LATER,
  refusedAt,
  settledBy,
  standingOf,
  stretches,
  waiting,
  type ProposalForm,
} from './proposal';
import { addDays } from './year';

const day = (date: string, more: Partial<ProposedDay> = {}): ProposedDay => ({
  date,
  name: 'Nghỉ lễ',
  name_en: 'Holiday',
  why: '',
  source: 'Bộ luật Lao động 2019, Điều 112',
  already_off: false,
  provisional: false,
  weekly_rest: false,
  ...more,
});
const either = (date: string, option: string, more: Partial<ProposedDay> = {}) =>
  day(date, { ...more, choice: { group: 'national_day', option } });

const proposal: Proposal = {
  year: 2028,
  within_calendar: false,
  extends_to: '2028-12-31',
  calendar_last_day: '2027-12-31',
  items: [
    day('2028-01-01', { weekly_rest: true, already_off: true }),
    day('2028-01-03', { name: 'Nghỉ bù Tết Dương lịch', name_en: 'New Year, compensated' }),
    either('2028-09-01', 'day_before'),
    either('2028-09-02', 'day_before', { weekly_rest: true }),
    either('2028-09-02', 'day_after', { weekly_rest: true }),
    either('2028-09-04', 'day_after'),
    either('2028-09-04', 'day_before'),
  ],
  choices: [
    {
      group: 'national_day',
      name: 'Ngày liền kề Quốc khánh',
      source: '',
      options: [
        { option: 'day_before', name: 'Trước' },
        { option: 'day_after', name: 'Sau' },
      ],
    },
  ],
  notes: [],
};
const form: ProposalForm = { decided: { national_day: 'day_before' }, without: [], names: {}, extra: [] };

describe('what is proposed', () => {
  it('has the days of what was decided, each once', () => {
    expect(daysUnder(proposal, {}).map((d) => d.date)).toEqual(['2028-01-01', '2028-01-03']);
    expect(daysUnder(proposal, form.decided).map((d) => d.date)).toEqual([
      '2028-01-01',
      '2028-01-03',
      '2028-09-01',
      '2028-09-02',
      '2028-09-04',
    ]);
  });
  it('tells the weekly rest from what is entered, provisional or open', () => {
    expect(standingOf(day('x', { weekly_rest: true, already_off: true }))).toBe('rest');
    expect(standingOf(day('x', { already_off: true, provisional: true }))).toBe('provisional');
    expect(standingOf(day('x', { already_off: true }))).toBe('entered');
    expect(standingOf(day('x'))).toBe('open');
  });
  it('knows what a notice has decided, and what still waits for one', () => {
    expect(settledBy(proposal)).toEqual({});
    expect(waiting(proposal)).toEqual({ days: 1, choices: 1 });
    const entered: Proposal = {
      ...proposal,
      items: proposal.items.map((d) =>
        d.choice?.option === 'day_after' || d.date === '2028-01-03' ? { ...d, already_off: true } : d,
      ),
    };
    expect(settledBy(entered)).toEqual({ national_day: 'day_after' });
    expect(waiting(entered)).toEqual({ days: 0, choices: 0 });
  });
  it('is said in stretches', () => {
    const dates = ['2027-02-04', '2027-02-05', '2027-02-08'];
    expect(stretches(dates, (d) => addDays(d, 1))).toEqual([
      ['2027-02-04', '2027-02-05'],
      ['2027-02-08', '2027-02-08'],
    ]);
  });
});

describe('what is entered', () => {
  it('is what waits, under its names, with the year', () => {
    expect(changeFrom(proposal, form)).toEqual({
      days_off: ['2028-01-03', '2028-09-01', '2028-09-04'],
      names: [
        { date: '2028-01-03', name: 'Nghỉ bù Tết Dương lịch', name_en: 'New Year, compensated' },
        { date: '2028-09-01', name: 'Nghỉ lễ', name_en: 'Holiday' },
        { date: '2028-09-04', name: 'Nghỉ lễ', name_en: 'Holiday' },
      ],
      make_up_days: [],
      extends_to: '2028-12-31',
    });
  });
  it('leaves out what the notice does not name, and has what only it knows', () => {
    const changed: ProposalForm = {
      decided: { national_day: LATER },
      without: [],
      names: { '2028-01-03': 'Nghỉ Tết' },
      extra: [
        { id: 1, kind: 'off', date: '2028-05-02', name: 'Hoán đổi', replaces: '' },
        { id: 2, kind: 'work', date: '2028-05-06', name: '', replaces: '2028-05-02' },
      ],
    };
    expect(changeFrom(proposal, changed)).toMatchObject({
      days_off: ['2028-01-03', '2028-05-02'],
      names: [
        { date: '2028-01-03', name: 'Nghỉ Tết' },
        { date: '2028-05-02', name: 'Hoán đổi' },
      ],
      make_up_days: [{ date: '2028-05-06', replaces: '2028-05-02' }],
    });
    expect(changeFrom(proposal, { ...changed, without: ['2028-01-03'], extra: [] }).days_off).toEqual([]);
  });
  it('is not sent while something is missing', () => {
    expect(faultsOfProposal(proposal, form)).toEqual({});
    const extra = { id: 4, kind: 'off' as const, date: '2028-09-01', name: ' ', replaces: '' };
    expect(
      faultsOfProposal(proposal, {
        ...form,
        names: { '2028-01-03': ' ' },
        extra: [extra, { ...extra, id: 5, date: '' }],
      }),
    ).toEqual({
      'name/2028-01-03': 'noName',
      'extra/4/date': 'twice',
      'extra/4/name': 'noName',
      'extra/5/date': 'noDay',
      'extra/5/name': 'noName',
    });
    expect(faultsOfProposal(proposal, { ...form, decided: {} })).toEqual({
      'choice/national_day': 'undecided',
    });
  });
  it('is told where it was refused', () => {
    const changed: ProposalForm = {
      ...form,
      extra: [{ id: 7, kind: 'work', date: '2028-05-05', name: '', replaces: '2028-05-07' }],
    };
    const sent = changeFrom(proposal, changed);
    expect(
      refusedAt(
        {
          'days_off/1': 'a',
          'names/0/name': 'b',
          'make_up_days/0/date': 'c',
          'make_up_days/0/replaces': 'd',
          source: 'e',
        },
        sent,
        changed,
      ),
    ).toEqual({
      'day/2028-09-01': 'a',
      'name/2028-01-03': 'b',
      'extra/7/date': 'c',
      'extra/7/replaces': 'd',
    });
  });
});
