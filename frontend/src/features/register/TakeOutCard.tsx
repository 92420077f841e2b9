import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileButton } from '@/shared/ui/FileButton';
import { Card } from '@/shared/ui/Page';
import { registerDocument, registerWorkbook, type Register } from './api';
import { isOutOfRange, lastOf, numbersOf } from './numbers';
import css from './register.module.css';

/** Numbers of a register on paper, and as a workbook. */
export function TakeOutCard({ register }: { register: Register }) {
  const { t } = useTranslation('register');
  const [from, setFrom] = useState('1');
  const [to, setTo] = useState('');
  // A number that is only half typed is not wrong yet.
  const [typing, setTyping] = useState(false);
  const numbers = numbersOf(from, to);
  const wrong = isOutOfRange(numbers);
  const file = `so-theo-doi-ho-so-${register.year}-${numbers.from}`;
  const field = {
    inputMode: 'numeric',
    autoComplete: 'off',
    maxLength: 9,
    onFocus: () => setTyping(true),
    onBlur: () => setTyping(false),
  } as const;
  // What was refused is told of these numbers, not of others.
  const these = `${from}-${to}`;
  const disabled = wrong || register.authority_id === '';
  return (
    <Card id="out" title={t('out.title')}>
      <div className={css.body}>
        <div className={css.numbers}>
          <TextInput
            {...field}
            name="from"
            label={t('out.from')}
            value={from}
            onChange={(e) => setFrom(e.currentTarget.value.replace(/\D/g, ''))}
          />
          <TextInput
            {...field}
            name="to"
            label={t('out.to')}
            value={to}
            error={wrong && !typing && t('out.range', { least: numbers.from, most: lastOf(numbers) })}
            onChange={(e) => setTo(e.currentTarget.value.replace(/\D/g, ''))}
          />
        </div>
        <p className="small soft">{t('out.hint')}</p>
        <div className={css.buttons}>
          <FileButton
            key={`print ${these}`}
            disabled={disabled}
            icon="print"
            otherwise={`${file}.pdf`}
            ask={() => registerDocument(register, numbers)}
          >
            {t('out.print')}
          </FileButton>
          <FileButton
            key={`workbook ${these}`}
            disabled={disabled}
            keep
            icon="intake"
            otherwise={`${file}.xlsx`}
            ask={() => registerWorkbook(register, numbers)}
          >
            {t('out.workbook')}
          </FileButton>
        </div>
        <p className="small soft">{t('out.recorded')}</p>
      </div>
    </Card>
  );
}
