// What is made for the first who asks for it.

/** What only those who ask for it wait for, or fail on. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
