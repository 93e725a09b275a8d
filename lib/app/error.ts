/** An error that the user can fix. Its message is printed without a stack trace. */
export class CommandError extends Error {
  constructor(
    message: string,
    /** The exit status of the command. */
    readonly status = 1,
  ) {
    super(message);
  }
}
