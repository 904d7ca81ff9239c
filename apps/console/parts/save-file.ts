/** Has the browser save what was fetched with the token, under a name. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken it over by the time anything else runs.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
