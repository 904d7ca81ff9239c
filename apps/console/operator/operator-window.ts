/** What is open before the table. */
export type OperatorWindow =
  | { readonly kind: 'ask'; readonly names: readonly string[] }
  | { readonly kind: 'past'; readonly name: string }
  | { readonly kind: 'fault'; readonly name: string; readonly position: string | undefined };
