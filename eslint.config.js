import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/*.mjs',
      'dist',
      'node_modules',
      'data',
      'coverage',
      '**/*.config.js',
      // Read by MongoDB's shell, which no compiler knows.
      'deploy/mongodb',
      '.dependency-cruiser.cjs',
      'libs/client/schema.ts',
      'libs/client/methods.ts',
      'libs/client/lengths.ts',
      'apps/api/feed/event-schemas.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A name with a leading underscore is taken out of an object to leave the rest.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
      ],
      // Nest modules are classes that only carry a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      'max-lines-per-function': ['error', { max: 45, skipComments: true, skipBlankLines: true }],
      'max-lines': ['error', { max: 220, skipComments: true, skipBlankLines: true }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
    },
  },
  {
    // DTO classes are shapes for the framework to read; what is answered are plain objects of that shape.
    files: ['apps/**/*.ts', 'bench/**/*.ts', 'test/e2e/console.spec.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
    },
  },
  {
    files: ['apps/console/**/*.tsx', 'apps/console/**/*.ts'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      // No compiler of React's is at work here, which alone this is told to.
      'react-hooks/incompatible-library': 'off',
      // Handlers of events are awaited by nobody; what they throw is shown by those who call the API.
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
    },
  },
  {
    // What is said is one list, however much there is to say.
    files: ['apps/console/words/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // A timer's work would run on top of itself on a slow store.
    files: ['libs/projections/**/*.ts'],
    ignores: ['libs/projections/following/every.ts', '**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'setInterval', message: 'Use following/every.ts.' },
      ],
    },
  },
  {
    // A describe block is one function however many sentences it holds; a suite is one file.
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
);
