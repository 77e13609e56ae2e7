/** Columns that a reader may leave out. Their ids are keys below `tokens.columns`. */
export const OPTIONAL_TOKEN_COLUMNS = ['lastUsedAt', 'requests', 'createdBy', 'expiresAt'] as const;

/** What is shown to those who have chosen nothing. */
export const USUAL_TOKEN_COLUMNS = ['lastUsedAt', 'requests'] as const;

export const TOKEN_COLUMNS_COOKIE = 'latchkey.token-columns';
