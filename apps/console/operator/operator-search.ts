const windows = ['yeu-cau', 'da-yeu-cau', 'thu-lai', 'bo-qua'] as const;

/** The window before the read models: which, of what (every one where none is named), and of which event. */
export interface OperatorSearch {
  readonly mo?: (typeof windows)[number];
  readonly bang?: string;
  readonly vitri?: string;
}

/** Reads an address that anybody may have written. */
export function operatorSearch(raw: Readonly<Record<string, unknown>>): OperatorSearch {
  const { bang, vitri } = raw;
  const mo = windows.find((one) => one === raw['mo']);
  return {
    ...(mo !== undefined && { mo }),
    ...(typeof bang === 'string' && { bang }),
    ...(typeof vitri === 'string' && { vitri }),
    // A position of digits alone is read as a number.
    ...(typeof vitri === 'number' && { vitri: String(vitri) }),
  };
}
