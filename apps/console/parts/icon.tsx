const paths = {
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  bin: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  day: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  back: 'M9 14l-5-5 5-5M4 9h9a6 6 0 0 1 0 12h-3',
  close: 'M6 6l12 12M18 6L6 18',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  down: 'M6 9l6 6 6-6',
} as const;

/** A sign beside or instead of words; what it means is said by what it stands in. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg className="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
