/** A table in Markdown; all columns but the first are numbers. */
export function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_cell, column) => (column === 0 ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** Three digits that matter: 0.123, 1.23, 12.3, 123. */
export const digits = (value: number): string =>
  value.toLocaleString('en', {
    maximumFractionDigits:
      Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3,
  });

export const whole = (value: number): string => Math.round(value).toLocaleString('en');

/** `× 0.33` */
export const times = (ratio: number): string => `× ${ratio.toFixed(2)}`;

export const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

export const kilobytes = (bytes: number): string => whole(bytes / 1024);
