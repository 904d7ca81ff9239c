/**
 * A body as the multipart form its operation takes: files as they are, everything else as text.
 * `null` is sent as the empty text, which is how a form leaves a field empty.
 */
export function asForm(body: unknown): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body as Fields)) {
    if (value === undefined) continue;
    if (value instanceof Blob) form.set(name, value);
    else form.set(name, value === null ? '' : String(value));
  }
  return form;
}

type Fields = Readonly<Record<string, Blob | string | number | boolean | null | undefined>>;
