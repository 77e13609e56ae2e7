import path from 'node:path';

/**
 * Imported for its effect: each process that tests start finds there what the one before it has compiled. It halves
 * the work of starting a proxy or a console, and that is done some hundred times.
 */
process.env.NODE_COMPILE_CACHE ??= path.resolve(import.meta.dirname, '../node_modules/.cache/compiled');
