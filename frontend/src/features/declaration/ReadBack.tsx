import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IdleNotice } from '@/features/kiosk/IdleNotice';
import kiosk from '@/features/kiosk/kiosk.module.css';
import { useVoice } from '@/features/kiosk/speech';
import { useIdle } from '@/features/kiosk/useIdle';
import { asProblem } from '@/shared/api/problem';
import type { Declaration, DeclarationForm, NewDeclarationSignature } from '@/shared/api/types';
import type { Language } from '@/shared/i18n';
import { ProblemNotice } from '@/shared/ui/Notice';
import { declarationQuery, useDeclarationActs } from './api';
import { Correct } from './Correct';
import { faultsOf, keyOf, shownValue, valuesOf, type Fault } from './filling';
import css from './readback.module.css';
import type { ReadBackEnd } from './ReadBackScreen';
import { Sign } from './Sign';
import { SheetTools } from './SheetTools';

/** Longer than at a kiosk: a whole section is read, and an officer sits opposite. */
const AWAY_MS = 120_000;

/** One section after the other, then the signature. */
export function ReadBack(props: {
  declaration: Declaration;
  form: DeclarationForm;
  language: Language;
  /** Somebody else has changed it meanwhile. */
  onStale: () => Promise<void>;
  onEnd: (how: ReadBackEnd) => void;
}) {
  const { t } = useTranslation('declaration');
  const { declaration, form, language, onEnd } = props;
  const queries = useQueryClient();
  const acts = useDeclarationActs(declaration.id);
  const [at, setAt] = useState(0);
  const [correcting, setCorrecting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Fault[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const voice = useVoice(language);
  const { left, stay } = useIdle(!voice?.speaking, () => onEnd('away'), { awayMs: AWAY_MS, begun: true });

  // Reading begins at what is new on the screen.
  useEffect(() => {
    heading.current?.focus();
    window.scrollTo(0, 0);
  }, [at, correcting]);

  const section = form.sections[at];
  const values = valuesOf(declaration);
  const steps = form.sections.length + 1;
  const go = (to: number) => {
    voice?.stop();
    setCorrecting(false);
    setFaults([]);
    setProblem(null);
    setAt(to);
  };

  /** Sends something; what the citizen has said and was refused stays where it stands. */
  const send = async (act: () => Promise<Declaration>, then: (next: Declaration) => void) => {
    if (busy) return;
    voice?.stop();
    setBusy(true);
    setProblem(null);
    try {
      then(await act());
    } catch (error) {
      const refused = asProblem(error);
      const found = faultsOf(refused, (key) => values[key] ?? '');
      setFaults(found);
      // What is not as it should be is put right where it stands.
      const where = form.sections.findIndex((s) => found.some((f) => f.key.startsWith(`${s.key}/`)));
      if (where >= 0) {
        setAt(where);
        setCorrecting(true);
      } else setProblem(error);
      if (refused.stale || refused.status === 409) await props.onStale();
    } finally {
      setBusy(false);
    }
  };
  const correct = (changed: Record<string, string | null>) => {
    if (Object.keys(changed).length === 0) return go(at);
    void send(
      () => acts.change(declaration.version, changed, 'citizen'),
      (next) => {
        queries.setQueryData(declarationQuery(declaration.id).queryKey, next);
        go(at);
      },
    );
  };
  const sign = (body: NewDeclarationSignature) =>
    void send(
      () => acts.sign(declaration.version, body),
      () => onEnd(body.how),
    );

  const lines = section
    ? section.fields.map((field) => {
        const value = values[keyOf(section, field)];
        return { field, shown: value && shownValue(field, value, language) };
      })
    : [];
  const words = section
    ? [
        section.name[language],
        ...lines.map(({ field, shown }) => `${field.name[language]}: ${shown || t('back.empty')}`),
      ]
    : [t('sign.title'), form.pledge[language]];
  const tools = {
    voice,
    words: words.join('. '),
    onBack: at > 0 ? () => go(at - 1) : undefined,
  };
  return (
    <>
      <div className={kiosk.progress}>
        <p role="status">{t('back.progress', { now: at + 1, all: steps })}</p>
        <div aria-hidden="true" className={kiosk.bar}>
          <div style={{ inlineSize: `${((at + 1) / steps) * 100}%` }} />
        </div>
      </div>
      <section className={css.sheet} aria-labelledby="read-back-title">
        {at === 0 && <p className={kiosk.title}>{form.title[language]}</p>}
        <h1 ref={heading} tabIndex={-1} id="read-back-title" className={kiosk.question}>
          {section ? section.name[language] : t('sign.title')}
        </h1>
        {problem !== null && <ProblemNotice error={problem} />}
        {!section ? (
          <Sign
            pledge={form.pledge[language]}
            paperOnly={form.parties.filter((party) => party.declarant).length > 1}
            busy={busy}
            {...tools}
            onSign={(strokes) => sign({ how: 'screen', strokes })}
            onPaper={() => sign({ how: 'paper' })}
          />
        ) : correcting ? (
          <Correct
            section={section}
            values={values}
            faults={faults}
            language={language}
            busy={busy}
            onSend={correct}
            onLeave={() => go(at)}
          />
        ) : (
          <>
            <dl className={css.values}>
              {lines.map(({ field, shown }) => (
                <div key={field.key}>
                  <dt>{field.name[language]}</dt>
                  {shown ? (
                    <dd lang={field.kind === 'choice' ? undefined : 'vi'}>{shown}</dd>
                  ) : (
                    <dd data-empty>{t('back.empty')}</dd>
                  )}
                </div>
              ))}
            </dl>
            <SheetTools {...tools}>
              <button type="button" className={kiosk.quiet} onClick={() => setCorrecting(true)}>
                {t('back.correct')}
              </button>
              <button type="button" className={kiosk.next} onClick={() => go(at + 1)}>
                {t('back.right')}
              </button>
            </SheetTools>
          </>
        )}
      </section>
      <IdleNotice left={left} texts={{ soon: t('idle.soon'), stay: t('idle.stay') }} onStay={stay} />
    </>
  );
}
