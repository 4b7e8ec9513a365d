/** Stands for a secret that people are not shown. */
export const MASK = '••••••'
