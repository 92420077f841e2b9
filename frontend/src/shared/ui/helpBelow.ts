import type { TextInputProps } from '@mantine/core';

/** Help stands below a field, so that fields side by side keep to one line however long it is. */
export const helpBelow: TextInputProps['inputWrapperOrder'] = ['label', 'input', 'description', 'error'];
