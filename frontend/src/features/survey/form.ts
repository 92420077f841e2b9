import { nextKey, type Row } from '@/features/draft/form';
import { STEPS } from '@/features/kiosk/rules';
import type { QuestionKind, Questionnaire, SurveyQuestion } from '@/shared/api/types';
import { foldVi } from '@/shared/ui/fold';

/** A wording in both languages. */
export interface Both {
  vi: string;
  en: string;
}

/** An option, or a factor. */
export interface NamedForm extends Row {
  text: Both;
}

/** When a question is asked: the row it looks at, and which of that row's choices. */
export interface WhenForm {
  question: number;
  choices: string[];
}

export interface QuestionForm extends Row {
  kind: QuestionKind;
  text: Both;
  required: boolean;
  /** Kept while the kind has none of its own, for whoever changes it back. */
  options: NamedForm[];
  max: number | null;
  when: WhenForm | null;
  /** The row of the factor; null: none. */
  factor: number | null;
  officer: boolean;
  overall: boolean;
  index: '' | '3' | '4';
}

export interface QuestionnaireForm {
  code: string;
  title: Both;
  intro: Both;
  source: string;
  factors: NamedForm[];
  questions: QuestionForm[];
}

export const kinds = [
  'single',
  'multiple',
  'likert',
  'faces',
  'number',
  'text',
] as const satisfies QuestionKind[];

const noWords = (): Both => ({ vi: '', en: '' });
export const emptyNamed = (): NamedForm => ({ key: nextKey(), id: '', text: noWords() });

/** Three faces from the best: their words may be changed, their number may not. */
const faces = (): NamedForm[] =>
  (
    [
      ['good', 'Tốt', 'Well'],
      ['fair', 'Bình thường', 'All right'],
      ['bad', 'Chưa tốt', 'Badly'],
    ] as const
  ).map(([id, vi, en]) => ({ key: nextKey(), id, text: { vi, en } }));

/** The largest figure that a new question for one asks for. */
const MOST = 20;

export const emptyQuestion = (): QuestionForm => ({
  key: nextKey(),
  id: '',
  kind: 'single',
  text: noWords(),
  required: false,
  options: [emptyNamed(), emptyNamed()],
  max: null,
  when: null,
  factor: null,
  officer: false,
  overall: false,
  index: '',
});

export const emptyForm = (): QuestionnaireForm => ({
  code: '',
  title: noWords(),
  intro: noWords(),
  source: '',
  factors: [],
  questions: [emptyQuestion()],
});

export const hasOptions = (kind: QuestionKind) =>
  kind === 'single' || kind === 'multiple' || kind === 'faces';
/** Which kinds may be looked at by a later question. */
export const isChosen = (kind: QuestionKind) => hasOptions(kind) || kind === 'likert';

/** Another kind, with what it needs; what it cannot have is let go. */
export function ofKind(question: QuestionForm, kind: QuestionKind): QuestionForm {
  const fromFaces = question.kind === 'faces';
  let { options } = question;
  if (kind === 'faces' && !fromFaces) options = faces();
  else if (hasOptions(kind) && (fromFaces || options.length === 0)) options = [emptyNamed(), emptyNamed()];
  return {
    ...question,
    kind,
    options,
    max: kind === 'number' ? (question.max ?? MOST) : null,
    index: kind === 'number' ? question.index : '',
    overall: kind === 'likert' || kind === 'faces' ? question.overall : false,
  };
}

/** The name of an option inside a condition, whatever it is called or where it is moved to. */
const mark = (option: NamedForm) => `row ${option.key}`;

/** What of a question can be chosen, by the names conditions use. */
export const marksOf = (question: QuestionForm): { mark: string; option: NamedForm | null }[] =>
  question.kind === 'likert'
    ? STEPS.map((step) => ({ mark: step, option: null }))
    : hasOptions(question.kind)
      ? question.options.map((option) => ({ mark: mark(option), option }))
      : [];

// From the document to the form.

const named = (each: { id: string; text: Both }): NamedForm => ({
  key: nextKey(),
  id: each.id,
  text: { vi: each.text.vi, en: each.text.en },
});

function questionForm(question: SurveyQuestion, before: QuestionForm[], factors: NamedForm[]): QuestionForm {
  const { show_if: when } = question;
  const asked = when && before.find(({ id }) => id === when.question);
  const choices = (when?.any_of ?? []).map((id) => {
    const option = asked?.options.find((each) => each.id === id);
    return option ? mark(option) : id;
  });
  return {
    key: nextKey(),
    id: question.id,
    kind: question.kind,
    text: { vi: question.text.vi, en: question.text.en },
    required: question.required ?? false,
    options: (question.options ?? []).map(named),
    max: question.max ?? null,
    when: asked ? { question: asked.key, choices } : null,
    factor: factors.find(({ id }) => id === question.factor)?.key ?? null,
    officer: question.about === 'officer',
    overall: question.overall ?? false,
    index: question.index === 3 ? '3' : question.index === 4 ? '4' : '',
  };
}

export function toForm(of: Questionnaire): QuestionnaireForm {
  const factors = (of.factors ?? []).map(named);
  const questions: QuestionForm[] = [];
  for (const question of of.questions) questions.push(questionForm(question, questions, factors));
  return {
    code: of.code,
    title: { vi: of.title.vi, en: of.title.en },
    intro: { vi: of.intro?.vi ?? '', en: of.intro?.en ?? '' },
    source: of.source ?? '',
    factors,
    questions,
  };
}

// From the form to the document.

const LONGEST = 32;

/** "Thái độ của công chức" → `thai_do_cua_cong_chuc`; a long one is cut between words. */
export function wordFrom(text: string, otherwise: string): string {
  const whole = foldVi(text)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_$/g, '');
  if (whole === '') return otherwise;
  if (whole.length <= LONGEST) return whole;
  const cut = whole.slice(0, LONGEST + 1);
  return cut.includes('_') ? cut.slice(0, cut.lastIndexOf('_')) : whole.slice(0, LONGEST);
}

/** Gives every row without a lasting word one that no other row has. */
function withWords<T extends { id: string; text: Both }>(rows: T[], otherwise: string): T[] {
  const taken = new Set(rows.map(({ id }) => id));
  return rows.map((row) => {
    if (row.id !== '') return row;
    const first = wordFrom(row.text.vi, otherwise);
    let id = first;
    for (let n = 2; taken.has(id); n++) id = `${first.slice(0, LONGEST - 3)}_${n}`;
    taken.add(id);
    return { ...row, id };
  });
}

/** With the lasting words under which answers are kept: once given they stay, whatever the wording becomes. */
export const withIds = (form: QuestionnaireForm): QuestionnaireForm => ({
  ...form,
  factors: withWords(form.factors, 'yeu_to'),
  questions: withWords(form.questions, 'cau').map((question) => ({
    ...question,
    options: withWords(question.options, 'phuong_an'),
  })),
});

/** The document of a form whose rows all have their words. */
export function bodyOf(form: QuestionnaireForm): Questionnaire {
  const toNamed = ({ id, text }: NamedForm) => ({ id, text });
  const intro = form.intro.vi.trim() || form.intro.en.trim() ? form.intro : undefined;
  return {
    code: form.code.trim(),
    title: form.title,
    intro,
    source: form.source.trim() || undefined,
    factors: form.factors.length > 0 ? form.factors.map(toNamed) : undefined,
    questions: form.questions.map((question): SurveyQuestion => {
      const asked = form.questions.find(({ key }) => key === question.when?.question);
      const chosen = asked ? marksOf(asked).filter(({ mark: m }) => question.when?.choices.includes(m)) : [];
      return {
        id: question.id,
        kind: question.kind,
        text: question.text,
        required: question.required,
        options: hasOptions(question.kind) ? question.options.map(toNamed) : undefined,
        max: question.kind === 'number' ? (question.max ?? 0) : undefined,
        show_if: asked
          ? { question: asked.id, any_of: chosen.map(({ mark: m, option }) => option?.id ?? m) }
          : undefined,
        factor: form.factors.find(({ key }) => key === question.factor)?.id,
        about: question.officer ? 'officer' : undefined,
        overall: question.overall,
        index: question.index === '' ? undefined : Number(question.index),
      };
    }),
  };
}

/** The document as it is sent. */
export const toBody = (form: QuestionnaireForm): Questionnaire => bodyOf(withIds(form));

/** What is not worded yet is seen as such. */
const dotted = ({ vi, en }: Both): Both => ({ vi: vi.trim() || '…', en: en.trim() || '…' });

/** The document as it is tried: rows are known by themselves, so that no letter typed begins it anew. */
export const toTry = (form: QuestionnaireForm): Questionnaire => {
  const byRow = <T extends NamedForm>(row: T): T => ({
    ...row,
    id: `row_${row.key}`,
    text: dotted(row.text),
  });
  return bodyOf({
    ...form,
    title: dotted(form.title),
    factors: form.factors.map(byRow),
    questions: form.questions.map((question) => ({
      ...byRow(question),
      options: question.options.map(byRow),
    })),
  });
};

export const same = (a: Questionnaire, b: Questionnaire) => JSON.stringify(a) === JSON.stringify(b);

/** What was saved, in the rows in which it was typed: nobody loses the field they are in by saving. */
export function inRowsOf(saved: Questionnaire, typed: QuestionnaireForm): QuestionnaireForm {
  const words = (now: Both | undefined, before: Both): Both => (now ? { vi: now.vi, en: now.en } : before);
  return {
    ...typed,
    title: words(saved.title, typed.title),
    intro: words(saved.intro ?? undefined, typed.intro),
    source: saved.source ?? '',
    factors: typed.factors.map((row, i) => ({ ...row, text: words(saved.factors?.[i]?.text, row.text) })),
    questions: typed.questions.map((row, i) => {
      const now = saved.questions[i];
      return {
        ...row,
        text: words(now?.text, row.text),
        options: row.options.map((option, j) => ({
          ...option,
          text: words(now?.options?.[j]?.text, option.text),
        })),
      };
    }),
  };
}

/** The field by which the server's complaint at `pointer` is answered. */
export function fieldOf(pointer: string): string {
  const at = pointer.replace(/^#?\//, '');
  if (/^(questions|factors)$/.test(at)) return `${at}/new`;
  if (/^questions\/\d+\/options$/.test(at)) return `${at}/new`;
  return at.replace(/\/id$/, '/text/vi').replace(/^(title|intro)$/, '$1/vi');
}
