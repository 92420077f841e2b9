const KB = 1024;
const MB = KB * KB;

/** 850 KB, 1,2 MB: as a file manager says it, a thousand and twenty-four of each in the next. */
export function formatSize(bytes: number, language: string): string {
  const [amount, unit] =
    bytes < MB ? [Math.max(1, Math.min(1023, Math.round(bytes / KB))), 'KB'] : [bytes / MB, 'MB'];
  const number = new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 1 });
  return `${number.format(amount)} ${unit}`;
}
