import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useSession } from '../session/session.ts';
import { useWords } from '../words/words.tsx';
import { calls, type Kind } from './kinds.ts';

interface ImageProps {
  readonly kind: Kind;
  readonly id: string;
  readonly version: number;
  readonly alt: string;
  readonly isSmall?: boolean;
}

/** A picture of the service's, which is fetched with the token and shown from memory. */
export function SpecimenImage({ kind, id, version, alt, isSmall = false }: ImageProps) {
  const { agency } = useSession();
  const variant = isSmall ? 'thumbnail' : 'full';
  const words = useWords();
  const { data, error } = useQuery({
    queryKey: [agency, kind, id, 'image', version, variant],
    queryFn: ({ signal }) => calls[kind].image({ agency, id }, variant, version, signal),
    // A version's picture never changes.
    staleTime: Infinity,
  });
  if (error) return <p className="hint">{words.noImage}</p>;
  return <ShownFile file={data} alt={alt} isSmall={isSmall} />;
}

interface FileProps {
  readonly file: Blob | undefined;
  readonly alt: string;
  readonly isSmall?: boolean;
}

/** A picture that is in memory. */
export function ShownFile({ file, alt, isSmall = false }: FileProps) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const shown = image.current;
    if (!file || !shown) return undefined;
    const made = URL.createObjectURL(file);
    shown.src = made;
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <div className={isSmall ? 'specimen small' : 'specimen'}>
      {file && <img ref={image} alt={alt} />}
    </div>
  );
}
