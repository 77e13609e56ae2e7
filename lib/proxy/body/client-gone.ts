/** The client went before its request was complete. There is nobody to answer. */
export class ClientGoneError extends Error {
  override name = 'ClientGoneError';
}
