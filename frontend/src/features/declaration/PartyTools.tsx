import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import intake from '@/features/intake/intake.module.css';
import type { Declaration, DeclarationParty } from '@/shared/api/types';
import { helpBelow } from '@/shared/ui/helpBelow';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import css from './declaration.module.css';
import { fromEarlier } from './filling';
import { useBoth } from './parts';
import type { Filling } from './useFilling';

/** Puts the focus on the first field behind `from` in which nothing stands yet. */
function focusEmpty(from: HTMLInputElement): void {
  const fields = [...(from.form?.querySelectorAll<HTMLInputElement>('input, select, textarea') ?? [])];
  fields
    .find((f) => f.value === '' && from.compareDocumentPosition(f) & Node.DOCUMENT_POSITION_FOLLOWING)
    ?.focus();
}

/** What fills somebody's fields without typing: their card, and papers that are here already. */
export function PartyTools(props: { party: DeclarationParty; filling: Filling; autoFocus: boolean }) {
  const { t } = useTranslation('declaration');
  const language = useBoth();
  const { party, filling } = props;
  const name = party.name[language];
  const [scan, setScan] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const card = useMutation<Declaration | null, unknown, string>({
    mutationFn: (text) => filling.readCard(party.key, text),
    gcTime: 0,
  });
  const earlier = useMutation({
    mutationFn: async () => {
      const before = fromEarlier(filling.seen);
      const next = await filling.takeEarlier(party.key);
      return next && fromEarlier(next) - before;
    },
    gcTime: 0,
  });
  const read = () => {
    earlier.reset();
    card.mutate(scan.trim(), {
      onSuccess: (next) => {
        if (!next) return;
        setScan('');
        // Only when what it said stands in the fields.
        setTimeout(() => input.current && focusEmpty(input.current));
      },
      onError: () => input.current?.select(),
    });
  };
  return (
    <div className={css.party}>
      <div className={css.scan}>
        <TextInput
          ref={input}
          name={`card.${party.key}`}
          label={t('card.label', { party: name })}
          description={t('card.hint')}
          inputWrapperOrder={helpBelow}
          leftSection={<Icon name="card" size={16} />}
          classNames={{ input: intake.scan ?? '' }}
          autoComplete="off"
          spellCheck={false}
          autoFocus={props.autoFocus}
          data-autofocus={props.autoFocus || undefined}
          value={scan}
          onChange={(e) => {
            setScan(e.currentTarget.value);
            if (card.isError) card.reset();
          }}
          onKeyDown={(e) => {
            if (e.key !== 'Enter' || e.ctrlKey || scan.trim() === '') return;
            e.preventDefault();
            if (!card.isPending) read();
          }}
        />
        <Button
          size="compact-md"
          variant="default"
          leftSection={<Icon name="folder" size={16} />}
          aria-label={t('earlier.of', { party: name })}
          loading={earlier.isPending}
          onClick={() => {
            card.reset();
            earlier.mutate();
          }}
        >
          {t('earlier.button')}
        </Button>
      </div>
      {card.isError && <ProblemNotice error={card.error} />}
      {earlier.isError && <ProblemNotice error={earlier.error} />}
      <p role="status" className="small soft">
        {card.data
          ? t('card.done', { party: name })
          : typeof earlier.data === 'number'
            ? earlier.data > 0
              ? t('earlier.done', { count: earlier.data })
              : t('earlier.nothing')
            : ''}
      </p>
    </div>
  );
}
