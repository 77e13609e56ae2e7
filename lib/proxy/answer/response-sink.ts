import type { OwnAnswer } from '../errors.ts';

/** Is told by the client's side what the client does. */
export type SinkListener = {
  /** The client took what it was sent, and more may be written. */
  resume(): void;
  /** The exchange with the client is over, perhaps told more than once. `whole`: it was sent all of its answer. */
  closed(whole: boolean): void;
  /** Nothing more of the client's request can be understood. */
  stop(refusal: OwnAnswer): void;
};

/** The way back to the client, whatever server took its request. */
export type ResponseSink = {
  /** To be called once, before anything else. */
  attach(listener: SinkListener): void;
  /**
   * Nothing may move for so long before this side takes the client for stalled.
   *
   * @param milliseconds while there is nothing for it to take. Never shortens the server's own limit.
   * @param takingMs while there is.
   */
  allowSilence(milliseconds: number, takingMs: number): void;
  /** A 1xx other than 100. */
  inform(status: number, headers: string[]): void;
  start(status: number, statusText: string, headers: string[]): void;
  /** False: write no more until `resume` was called. */
  write(chunk: Buffer): boolean;
  end(): void;
  /** Answers instead of the upstream; only before `start`. */
  answer(own: OwnAnswer): void;
  /** Ends an answer that was begun so that the client sees that it is not whole. */
  break(): void;
};
