/** The same keys in every language: a Korean file that misses one does not compile. */
export type Words<T> = Readonly<Record<keyof T, string>>;
