import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem, errorsByField } from '@/shared/api/problem';
import { Icon } from '@/shared/ui/Icon';
import { ProblemNotice } from '@/shared/ui/Notice';
import { fromConditions, toConditions, type DossierSearch } from './filters';
import { useDropFilter, useSavedFilters, useSaveFilter } from './saved';
import css from './saved.module.css';

/** One's own filters, one press away; what stands in the filters now can be kept under a name. */
export function SavedFilters(props: { search: DossierSearch; onOpen: (kept: DossierSearch) => void }) {
  const { t } = useTranslation('dossier');
  const kept = useSavedFilters();
  const drop = useDropFilter();
  const [naming, setNaming] = useState(false);
  const conditions = toConditions(props.search);
  const some = Object.values(conditions).some((c) => c !== undefined);
  const items = kept.data?.items ?? [];
  if (!some && items.length === 0) return null;
  return (
    <div className={css.saved} role="group" aria-label={t('saved.title')}>
      {items.length > 0 && (
        <ul className={`plain ${css.list}`}>
          {items.map((filter) => (
            <li key={filter.id} className={css.item}>
              <button
                type="button"
                className={css.open}
                onClick={() => props.onOpen(fromConditions(filter.filter))}
              >
                {filter.name}
              </button>
              <button
                type="button"
                className={css.drop}
                aria-label={t('saved.drop', { name: filter.name })}
                disabled={drop.isPending}
                onClick={() => drop.mutate(filter.id)}
              >
                <Icon name="cross" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {some && !naming && (
        <Button variant="subtle" leftSection={<Icon name="plus" size={16} />} onClick={() => setNaming(true)}>
          {t('saved.keep')}
        </Button>
      )}
      {some && naming && <NameForm search={props.search} onDone={() => setNaming(false)} />}
      {drop.isError && <ProblemNotice error={drop.error} />}
    </div>
  );
}

function NameForm(props: { search: DossierSearch; onDone: () => void }) {
  const { t } = useTranslation('dossier');
  const [name, setName] = useState('');
  const save = useSaveFilter();
  const problem = save.isError ? asProblem(save.error) : null;
  const error = errorsByField(problem).name;
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate({ name: name.trim(), filter: toConditions(props.search) }, { onSuccess: props.onDone });
      }}
    >
      <TextInput
        // The name is what was asked for by pressing the button.
        autoFocus
        required
        label={t('saved.name')}
        maxLength={60}
        value={name}
        error={error}
        onChange={(e) => {
          setName(e.currentTarget.value);
          if (save.isError) save.reset();
        }}
      />
      <Button type="submit" loading={save.isPending}>
        {t('saved.save')}
      </Button>
      <Button variant="default" onClick={props.onDone}>
        {t('saved.cancel')}
      </Button>
      {problem && !error && <ProblemNotice error={problem} />}
    </form>
  );
}
