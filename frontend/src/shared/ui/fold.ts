/** Lower case, without marks, đ as d: how the server folds a search, so that the screens rank alike. */
export const foldVi = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd');
