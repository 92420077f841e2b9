import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { unwrap } from '@/shared/api/client';
import { download, openFile } from '@/shared/api/download';
import { Icon, type IconName } from './Icon';
import { ProblemNotice } from './Notice';

/** A file as the server answers with it. */
export type FileAnswer = Promise<{ data?: Blob; error?: unknown; response: Response }>;

/** Fetches a file, which an address alone could not for want of the sign-in, and shows it or hands it over to be kept. */
export function FileButton(props: {
  children: ReactNode;
  /** Its whole name, where others of its kind stand beside it. */
  label?: string;
  icon: IconName;
  /** It is kept rather than looked at. */
  keep?: boolean;
  /** What one came for: one key is enough. */
  autoFocus?: boolean;
  disabled?: boolean;
  /** What the file is called where the server does not say. */
  otherwise: string;
  ask: () => FileAnswer;
}) {
  const { ask, keep, otherwise } = props;
  const fetched = useMutation({
    mutationFn: async () => {
      let headers = new Headers();
      const file = await unwrap(
        ask().then((answer) => {
          headers = answer.response.headers;
          return answer;
        }),
      );
      if (keep) download(file, headers, otherwise);
      else openFile(file, headers, otherwise);
    },
  });
  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<Icon name={props.icon} size={16} />}
        loading={fetched.isPending}
        aria-label={props.label}
        autoFocus={props.autoFocus}
        disabled={props.disabled}
        onClick={() => fetched.mutate()}
      >
        {props.children}
      </Button>
      {fetched.isError && <ProblemNotice error={fetched.error} />}
    </>
  );
}
