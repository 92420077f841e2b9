import { useTranslation } from 'react-i18next';
import draft from '@/features/draft/draft.module.css';
import type { Declaration, DeclarationForm } from '@/shared/api/types';
import { formatDateTime } from '@/shared/ui/format';
import { Card, Facts, Page } from '@/shared/ui/Page';
import css from './declaration.module.css';
import { keyOf, shownValue } from './filling';
import { Lead, PaperButton, SourceMark, useBoth } from './parts';

/** A declaration as it was signed, or as those see it who do not write it. */
export function ReadScreen(props: { declaration: Declaration; form: DeclarationForm }) {
  const { t } = useTranslation('declaration');
  const language = useBoth();
  const { declaration, form } = props;
  const signed = declaration.state === 'signed';
  return (
    <Page title={form.title[language]} lead={<Lead declaration={declaration} />}>
      <div className={draft.editor}>
        <div className={draft.side}>
          <Card id="signing" title={t(signed ? 'read.signed' : 'read.unsigned')}>
            <div className={css.stack}>
              <Facts
                items={[
                  [t('read.at'), declaration.signed_at && formatDateTime(declaration.signed_at)],
                  [t('read.how'), declaration.signed_how && t(`how.${declaration.signed_how}`)],
                  [t('read.by'), declaration.created_by.full_name],
                ]}
              />
              {signed && <p className="small soft">{t('read.fixed')}</p>}
              <div>
                <PaperButton id={declaration.id}>{t('paper.print')}</PaperButton>
              </div>
            </div>
          </Card>
        </div>
        <div className={draft.sections}>
          {form.sections.map((section) => (
            <Card key={section.key} id={`section-${section.key}`} title={section.name[language]}>
              <Facts
                items={section.fields.map((field) => {
                  const value = declaration.values.find((v) => v.key === keyOf(section, field));
                  return [
                    field.name[language],
                    value && (
                      <>
                        <div className={css.value} lang={field.kind === 'choice' ? undefined : 'vi'}>
                          {shownValue(field, value.value, language)}
                        </div>
                        <div className="small">
                          <SourceMark value={value} />
                        </div>
                      </>
                    ),
                  ];
                })}
              />
            </Card>
          ))}
        </div>
      </div>
    </Page>
  );
}
