import { hash } from 'node:crypto';

/** One column from 320 px on; colours of at least 4.5:1, and never colour alone; ink on paper. */
export const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 1rem; color: #1b1b1b; background: #fff;
  font: 1rem/1.5 system-ui, 'Segoe UI', Roboto, sans-serif; overflow-wrap: anywhere; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; justify-content: space-between; align-items: baseline; }
h1 { font-size: 1.35rem; margin: .5rem 0; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
a { color: #0b4f8a; }
.told { border: 2px solid; border-radius: .4rem; padding: .75rem 1rem; margin: 1rem 0; }
.told strong { display: block; font-size: 1.2rem; }
.valid { color: #0f5a2a; background: #eef8f0; }
.ended, .unknown { color: #8f1313; background: #fdf0f0; }
.told p { margin: .25rem 0 0; color: #1b1b1b; }
dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .35rem 1rem; margin: 1rem 0; }
dt { color: #4a4a4a; }
dd { margin: 0; }
label { display: block; font-weight: 600; }
input { font: inherit; width: 100%; padding: .6rem; border: 1px solid #6b6b6b; border-radius: .3rem; margin: .25rem 0 .5rem; }
button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: .3rem; color: #fff; background: #0b4f8a; min-height: 2.75rem; }
:focus-visible { outline: 3px solid #e08a00; outline-offset: 2px; }
.hint { color: #4a4a4a; margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f4f4; padding: .75rem; font-size: .85rem; }
@media (max-width: 26rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6rem; } }
@media print { form, .language, details { display: none; } body { max-width: none; padding: 0; } .told { background: none; } }
`;

/** Nothing runs on these pages, and nothing is fetched: their one style is known by its hash. */
export const policy = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', style, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');
