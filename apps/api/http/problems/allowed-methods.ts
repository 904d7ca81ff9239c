import type { Request } from 'express';

/** The part of Express's router that tells which methods a path has. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): unknown;
}

/** The methods the path of this request knows, for `Allow` (RFC 9110, 15.5.6); none for an unknown path. */
export function allowedMethods({ app, path }: Request): string[] {
  const { stack } = (app as unknown as { router: { stack: readonly Layer[] } }).router;
  const routes = stack.filter((layer) => layer.route && layer.match(path));
  const methods = new Set(routes.flatMap(({ route }) => Object.keys(route?.methods ?? {})));
  if (methods.has('get')) methods.add('head');
  return [...methods].map((method) => method.toUpperCase()).sort();
}
