import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate } from '@/shared/ui/format';
import { Icon } from '@/shared/ui/Icon';
import { Empty, Loading, ProblemNotice } from '@/shared/ui/Notice';
import { Card, Page } from '@/shared/ui/Page';
import ui from '@/shared/ui/ui.module.css';
import { questionnairesQuery } from './api';
import { SettingsCard } from './SettingsCard';
import { StateChip } from './StateChip';

/** What people may be asked with, and what they are asked with now. */
export function QuestionnairesScreen() {
  const { t, i18n } = useTranslation('survey');
  const all = useQuery(questionnairesQuery());
  const language = i18n.language === 'en' ? 'en' : 'vi';
  return (
    <Page
      title={t('list.title')}
      lead={t('list.lead')}
      aside={
        <Button
          leftSection={<Icon name="plus" size={16} />}
          renderRoot={(props) => <Link {...props} to="/surveys/questionnaires/new" search={{}} />}
        >
          {t('list.new')}
        </Button>
      }
    >
      <Card id="questionnaires" title={t('list.all')}>
        {all.isPending && <Loading />}
        {all.isError && <ProblemNotice error={all.error} onRetry={() => void all.refetch()} />}
        {all.data?.items.length === 0 && <Empty icon="sheet" title={t('list.empty')} />}
        {all.data && all.data.items.length > 0 && (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide table must be scrollable by key
          <div className={ui.tableWrap} role="group" aria-labelledby="questionnaires-title" tabIndex={0}>
            <table className={`${ui.table} ${ui.wide}`}>
              <thead>
                <tr>
                  <th scope="col">{t('field.code')}</th>
                  <th scope="col">{t('list.number')}</th>
                  <th scope="col">{t('field.title')}</th>
                  <th scope="col">{t('list.state')}</th>
                  <th scope="col" className="num">
                    {t('list.questions')}
                  </th>
                  <th scope="col">{t('list.published')}</th>
                </tr>
              </thead>
              <tbody>
                {all.data.items.map((each) => (
                  <tr key={each.id}>
                    <td className="code">{each.code}</td>
                    <td>{t('list.numberIs', { number: each.number })}</td>
                    <td>
                      <Link to="/surveys/questionnaires/$id" params={{ id: each.id }}>
                        {each.questionnaire.title[language]}
                      </Link>
                      {each.built_in && <p className="small soft">{t('list.builtIn')}</p>}
                    </td>
                    <td>
                      <StateChip state={each.state} />
                    </td>
                    <td className="num">{each.questionnaire.questions.length}</td>
                    <td>{each.published_at ? formatDate(each.published_at) : ''}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Card>
      {all.data && <SettingsCard all={all.data.items} />}
    </Page>
  );
}
