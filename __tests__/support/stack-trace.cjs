/**
 * cdktf records where each token was created, for messages about mistakes in an app's own code. Jest maps every line of
 * these stack traces to its source, which takes half of the time of a test that synthesizes. The bundle records none either.
 */
exports.captureStackTrace = () => [];
