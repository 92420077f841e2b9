/** The most numbers that are taken out at once. */
const MOST_NUMBERS = 1000;

/** Which numbers are taken out; without the last, as many as are given at once. */
export interface Numbers {
  from: number;
  to?: number;
}

/** The numbers as typed: from the first on where none is. */
export const numbersOf = (from: string, to: string): Numbers => ({
  from: Number(from) || 1,
  to: to === '' ? undefined : Number(to),
});

/** The greatest number that is taken out together with the first. */
export const lastOf = ({ from }: Numbers): number => from + MOST_NUMBERS - 1;

/** Whether the last number comes before the first, or too long after it. */
export const isOutOfRange = (numbers: Numbers): boolean =>
  numbers.to !== undefined && (numbers.to < numbers.from || numbers.to > lastOf(numbers));
