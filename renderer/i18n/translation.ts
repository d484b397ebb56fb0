/** The shape that a translation shares with its English original: the same keys, any text. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> }
