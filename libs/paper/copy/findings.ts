/** What in a file acts by itself, or shows something else than was scanned. */
export type ActiveContent =
  'script' | 'launch' | 'attachment' | 'form' | 'annotation' | 'media' | 'external' | 'layers';

type None = Readonly<Record<string, never>>;

/** Why a PDF is not taken, in a closed list, with the figures its message needs. */
export interface PdfProblemDetails {
  PDF_TYPE: None;
  /** `at`: what could not be read, for whoever makes the file. */
  PDF_BROKEN: { readonly at: string };
  PDF_ENCRYPTED: None;
  PDF_ACTIVE: { readonly found: ActiveContent };
  PDF_SIGNED: None;
  PDF_PAGES: { readonly most: number };
  PDF_PAGE_SIZE: { readonly width: number; readonly height: number };
  /** More objects, or larger ones unpacked, than any scan has. */
  PDF_TOO_COMPLEX: None;
  /** It took longer than it may. */
  PDF_TOO_SLOW: { readonly seconds: number };
  /** Of a file that came back from signing. */
  PDF_UNSIGNED: None;
  PDF_SIGNATURE: { readonly at: number };
}
