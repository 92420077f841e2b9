import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/shared/api/problem';
import type { Questionnaire, SurveyAnswer } from '@/shared/api/types';
import { currentLanguage } from '@/shared/i18n';
import { Notice } from '@/shared/ui/Notice';
import { sendAnswers } from './api';
import { IdleNotice } from './IdleNotice';
import css from './kiosk.module.css';
import { afterRefusal, type Later } from './sending';
import { Told, type RoundEnd } from './Told';
import { useIdle } from './useIdle';
import { Walk } from './Walk';

type Sending = { state: 'no' } | { state: 'now' } | { state: 'refused'; words: string } | Later;

/** One person's round. What it holds goes with it. */
export function Asking(props: {
  secret: string;
  asks: Questionnaire;
  onEnd: (how: RoundEnd) => void;
  onAway: () => void;
}) {
  const { t } = useTranslation('kiosk');
  const { secret, onEnd } = props;
  // Whoever has begun goes on with what was asked, also when another number is published meanwhile.
  const [asks] = useState(props.asks);
  const [sending, setSending] = useState<Sending>({ state: 'no' });
  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);

  const send = useCallback(
    async (answers: SurveyAnswer[], before?: Later) => {
      // What is sent again goes on standing there as waiting.
      if (!before) setSending({ state: 'now' });
      try {
        await sendAnswers(secret, answers);
        if (there.current) onEnd('thanks');
      } catch (error) {
        if (!there.current) return;
        const then = afterRefusal(asProblem(error), answers, before);
        if (then.state === 'end') onEnd(then.how);
        else setSending(then);
      }
    },
    [secret, onEnd],
  );
  const { left, stay } = useIdle(sending.state === 'no' || sending.state === 'refused', props.onAway);

  return (
    <>
      {sending.state === 'later' ? (
        <Wait
          later={sending}
          onOver={() => void send(sending.answers, sending)}
          onStop={() => onEnd('lost')}
        />
      ) : (
        <Walk
          alone
          questionnaire={asks}
          language={currentLanguage()}
          busy={sending.state === 'now'}
          notice={
            sending.state === 'refused' && <Notice tone="late" live title={sending.words || t('refused')} />
          }
          onSend={(answers) => void send(answers)}
        />
      )}
      <IdleNotice left={left} texts={{ soon: t('idle.soon'), stay: t('idle.stay') }} onStay={stay} />
    </>
  );
}

/** What is ready to be sent waits: for the line, or because the device has just taken another answer. */
function Wait({ later, onOver, onStop }: { later: Later; onOver: () => void; onStop: () => void }) {
  const { t } = useTranslation('kiosk');
  const [left, setLeft] = useState(later.seconds);
  const over = useRef(onOver);
  useEffect(() => {
    over.current = onOver;
  });
  useEffect(() => {
    const until = Date.now() + later.seconds * 1000;
    const timer = setInterval(() => {
      const rest = Math.ceil((until - Date.now()) / 1000);
      setLeft(Math.max(rest, 0));
      if (rest > 0) return;
      clearInterval(timer);
      over.current();
    }, 250);
    return () => clearInterval(timer);
  }, [later]);
  return (
    <>
      <Told icon={later.why === 'busy' ? 'clock' : 'offline'} title={t(`later.${later.why}`)} focus>
        <p>{t('later.text')}</p>
      </Told>
      <p className={css.count}>{t('later.left', { seconds: left })}</p>
      <div className={css.tools}>
        <button type="button" className={css.quiet} onClick={onStop}>
          {t('later.stop')}
        </button>
      </div>
    </>
  );
}
