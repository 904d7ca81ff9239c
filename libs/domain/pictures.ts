/** Where an event names a picture: a specimen's own, and those an entry was certified with. */
const FIELDS = ['image', 'signature', 'seal'] as const;

/** The pictures an event names, as it names them: by hash, where it is what some version has written. */
export function picturesIn(data: unknown): readonly string[] {
  const fields = (data ?? {}) as Readonly<Record<string, { readonly sha256?: unknown } | null>>;
  const named = FIELDS.map((field) => fields[field]?.sha256);
  return named.filter((one): one is string => typeof one === 'string');
}
